//@ run
//@ title: Four times the same value
const std = @import("std");

pub fn main() void {
    const sevens: [4]u8 = @splat(7);
    std.debug.print("{any}\n", .{sevens});
}
