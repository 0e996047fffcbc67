//@ run
//@ title: A function that asks nobody you can see
const std = @import("std");

fn quietSum(n: usize) usize {
    const numbers = std.heap.page_allocator.alloc(usize, n) catch return 0;
    defer std.heap.page_allocator.free(numbers);
    for (numbers, 1..) |*number, i| number.* = i;

    var sum: usize = 0;
    for (numbers) |number| sum += number;
    return sum;
}

pub fn main() void {
    std.debug.print("{d}\n", .{quietSum(4)});
}
