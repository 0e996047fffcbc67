//@ compile-error: expected type 'u32', found '?u32'
//@ title: Question 6
const std = @import("std");

fn firstEven(numbers: []const u32) ?u32 {
    for (numbers) |n| {
        if (n % 2 == 0) return n;
    }
    return null;
}

pub fn main() void {
    const a: u32 = firstEven(&.{ 1, 4, 6 });
    std.debug.print("{d}\n", .{a});
}
