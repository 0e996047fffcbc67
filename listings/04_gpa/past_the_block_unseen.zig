//@ run
//@ title: 11 bytes into a block of 10
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;
    const ids = try gpa.alloc(u8, 10);
    defer gpa.free(ids);

    const many: [*]u8 = ids.ptr;
    for (0..11) |i| many[i] = 7;
    std.debug.print("still running\n", .{});
}
