//@ run
//@ variant: What if the `free` is a `defer` right after the `alloc`?
//@ trace
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;
    const ids = try gpa.alloc(u8, 4);
    defer gpa.free(ids);
    @memcpy(ids, &[_]u8{ 10, 20, 30, 40 });

    const view = ids[1..3];
    std.debug.print("before: {any}\n", .{view});

    std.debug.print("after:  {any}\n", .{view});
}
