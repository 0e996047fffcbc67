//@ run
//@ title: Who frees, and when
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const first = try init.gpa.create(u32); // a block for one u32
    first.* = 7;
    const second = first; // a second pointer to the same block
    std.debug.print("two pointers, value {d}\n", .{second.*});
    init.gpa.destroy(first);
    std.debug.print("freed, because the program said so\n", .{});
}
