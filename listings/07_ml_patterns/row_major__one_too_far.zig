//@ run
//@ variant: What if the second index is column 3 of row 0?
//@ trace

const std = @import("std");

pub fn main() void {
    const cols = 3;
    var tensor = [_]f32{ 1, 2, 3, 4, 5, 6 }; // 2 rows of 3
    const row = tensor[1 * cols ..][0..cols]; // row 1
    row[0] = 40;
    tensor[0 * cols + 3] = 30; // row 0, column 3
    for (0..2) |i| {
        const r = tensor[i * cols ..][0..cols];
        std.debug.print("row {d}: {d} {d} {d}\n", .{ i, r[0], r[1], r[2] });
    }
}
