//@ run
//@ title: Question 3
const std = @import("std");

pub fn main() void {
    var a = [_]i32{ 1, 2, 3, 4, 5 };
    const s = a[1..4];
    s[1] = 0;
    std.debug.print("{d} {any}\n", .{ s.len, a });
}
