//@ run
//@ title: A row of a transposed matrix, taken as if it were not transposed

const std = @import("std");

pub fn main() void {
    const data = [_]f32{ 1, 2, 3, 4, 5, 6 }; // 2 rows of 3
    const strides = [2]usize{ 1, 3 }; // transposed: 3 rows of 2
    const guess = data[1 * 2 ..][0..2]; // "row 1"
    std.debug.print("{d} {d}\n", .{ guess[0], guess[1] });
    const first = data[1 * strides[0] + 0 * strides[1]];
    const second = data[1 * strides[0] + 1 * strides[1]];
    std.debug.print("{d} {d}\n", .{ first, second });
}
