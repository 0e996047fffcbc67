//@ run
//@ title: A write far past the end
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;
    const first = try gpa.alloc(u8, 16);
    defer gpa.free(first);
    const second = try gpa.alloc(u8, 16);
    defer gpa.free(second);
    @memset(second, 1);

    const many: [*]u8 = first.ptr;
    many[@intFromPtr(second.ptr) - @intFromPtr(first.ptr)] = 7;
    std.debug.print("second[0] {d}\n", .{second[0]});
}
