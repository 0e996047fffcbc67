//@ run
//@ title: Question 8
const std = @import("std");

fn half(n: u32) error{Odd}!u32 {
    if (n % 2 == 1) return error.Odd;
    return n / 2;
}

fn report(n: u32) !void {
    std.debug.print("A ", .{});
    const h = try half(n);
    std.debug.print("B{d} ", .{h});
}

pub fn main() void {
    report(3) catch std.debug.print("C ", .{});
    std.debug.print("D\n", .{});
}
