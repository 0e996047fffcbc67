//@ panic: index out of bounds
//@ title: An index past the end stops the program
const std = @import("std");

fn at(numbers: []const i32, index: usize) i32 {
    return numbers[index];
}

pub fn main() void {
    const numbers = [_]i32{ 1, 2, 3, 4 };
    std.debug.print("{d}\n", .{at(&numbers, 3)});
    std.debug.print("{d}\n", .{at(&numbers, 4)});
}
