//@ panic: corrupted metadata
//@ title: 24 bytes into a block of 16
//@ wasm: WebAssembly has no stack traces, so the report names no line
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;
    const ids = try gpa.alloc(u8, 16);
    defer gpa.free(ids);

    const many: [*]u8 = ids.ptr; // a many-item pointer does not know its length
    for (0..24) |i| many[i] = 7;
    std.debug.print("still running\n", .{});
}
