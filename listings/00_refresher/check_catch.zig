//@ run
//@ title: Question 7
const std = @import("std");

fn half(n: u32) error{Odd}!u32 {
    if (n % 2 == 1) return error.Odd;
    return n / 2;
}

pub fn main() void {
    var total: u32 = 0;
    for ([_]u32{ 2, 3, 4 }) |n| total += half(n) catch continue;
    std.debug.print("{d}\n", .{total});
}
