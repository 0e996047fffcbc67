//@ panic: attempt to use null value
//@ title: A promise that there is a value, broken
const std = @import("std");

fn last(numbers: []const i32) ?i32 {
    if (numbers.len == 0) return null;
    return numbers[numbers.len - 1];
}

pub fn main() void {
    std.debug.print("{d}\n", .{last(&.{ 1, 2 }).?}); // .? says: there is one
    std.debug.print("{d}\n", .{last(&.{}).?});
}
