//@ run
//@ same-output
//@ title: An array, and a slice that shows a part of it
const std = @import("std");

fn sum(numbers: []const i32) i32 { // any slice of i32, to read only
    var total: i32 = 0;
    for (numbers) |number| total += number;
    return total;
}

pub fn main() void {
    var all = [_]i32{ 1, 2, 3, 4 }; // an array: the length is part of its type
    const middle: []i32 = all[1..3]; // a slice: from index 1 up to, not including, 3

    middle[0] = 20; // writes to all[1]
    std.debug.print("{d} {d} {d}\n", .{ middle.len, all[1], sum(&all) });
}
