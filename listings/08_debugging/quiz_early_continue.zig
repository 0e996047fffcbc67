//@ leak
//@ title: Empty words are skipped
//@ wasm: WebAssembly has no stack traces, so the report names no line
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;
    var letters: usize = 0;
    for ([_][]const u8{ "cat", "   ", "bird" }) |word| {
        const copy = try gpa.dupe(u8, word);
        const trimmed = std.mem.trim(u8, copy, " ");
        if (trimmed.len == 0) continue;
        letters += trimmed.len;
        gpa.free(copy);
    }
    std.debug.print("{d} letters\n", .{letters});
}
