//@ leak
//@ wasm: addresses are half as long here, and WebAssembly has no stack traces
//@ title: Words in an arena, and the list of them
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    var arena: std.heap.ArenaAllocator = .init(init.gpa);
    defer arena.deinit();

    const words = try init.gpa.alloc([]u8, 2);
    words[0] = try arena.allocator().dupe(u8, "cat");
    words[1] = try arena.allocator().dupe(u8, "dog");
    std.debug.print("{s}\n", .{words[1]});
}
