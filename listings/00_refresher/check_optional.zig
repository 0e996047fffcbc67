//@ run
//@ title: Question 5
const std = @import("std");

fn firstEven(numbers: []const u32) ?u32 {
    for (numbers) |n| {
        if (n % 2 == 0) return n;
    }
    return null;
}

pub fn main() void {
    const a = firstEven(&.{ 1, 4, 6 }) orelse 100;
    const b = firstEven(&.{ 1, 3, 5 }) orelse 100;
    std.debug.print("{d}\n", .{a + b});
}
