//@ panic: write after free
//@ variant: What if the program writes through `view` at the end?
//@ wasm: WebAssembly has no stack traces, so the report names no line
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;
    const ids = try gpa.alloc(u8, 4);
    @memcpy(ids, &[_]u8{ 10, 20, 30, 40 });

    const view: []u8 = ids[1..3];
    std.debug.print("before: {any}\n", .{view});

    gpa.free(ids);
    view[0] = 99;
    std.debug.print("after:  {any}\n", .{view});
}
