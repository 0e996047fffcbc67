//@ run
//@ title: One byte past the end is not noticed here
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;
    const ids = try gpa.alloc(u8, 10); // the notes start behind byte 16
    defer gpa.free(ids);

    const many: [*]u8 = ids.ptr;
    for (0..11) |i| many[i] = 7; // 1 byte too many
    std.debug.print("still running\n", .{});
}
