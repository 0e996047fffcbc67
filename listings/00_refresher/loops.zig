//@ run
//@ same-output
//@ title: for over items, over items with their index, over a range
const std = @import("std");

pub fn main() void {
    const scores = [_]u32{ 7, 2, 9 };

    var total: u32 = 0;
    for (scores) |score| total += score;

    var best: usize = 0;
    for (scores, 0..) |score, i| {
        if (score > scores[best]) best = i;
    }

    var squares: usize = 0;
    for (0..4) |n| squares += n * n; // 0, 1, 2, 3
    std.debug.print("{d} {d} {d}\n", .{ total, best, squares });
}
