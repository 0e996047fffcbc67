//@ leak
//@ title: An errdefer inside the loop
//@ wasm: WebAssembly has no stack traces, so the report names no line
const std = @import("std");

fn copyAll(gpa: std.mem.Allocator, words: []const []const u8) ![][]u8 {
    const copies = try gpa.alloc([]u8, words.len);
    errdefer gpa.free(copies);
    for (words, copies) |word, *copy| {
        if (word.len == 0) return error.EmptyWord;
        copy.* = try gpa.dupe(u8, word);
        errdefer gpa.free(copy.*);
    }
    return copies;
}

pub fn main(init: std.process.Init) void {
    const copies = copyAll(init.gpa, &.{ "cat", "" }) catch |err| {
        std.debug.print("{t}\n", .{err});
        return;
    };
    for (copies) |copy| init.gpa.free(copy);
    init.gpa.free(copies);
}
