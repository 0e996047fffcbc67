//@ panic: write after free
//@ title: A write through an old slice
//@ wasm: WebAssembly has no stack traces, so the report names no line
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;
    const ids = try gpa.alloc(u8, 4);
    gpa.free(ids);

    ids[0] = 99;
    std.debug.print("still running\n", .{});
}
