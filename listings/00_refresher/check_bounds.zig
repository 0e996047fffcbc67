//@ panic: integer overflow
//@ title: Question 4
const std = @import("std");

fn last(numbers: []const i32) i32 {
    return numbers[numbers.len - 1];
}

pub fn main() void {
    std.debug.print("{d}\n", .{last(&.{ 1, 2, 3 })});
    std.debug.print("{d}\n", .{last(&.{})});
}
