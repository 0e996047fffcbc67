//@ run
//@ variant: What if `backup` is `&scores`?
//@ trace
const std = @import("std");

fn loadScores() [3]i32 {
    return .{ 1, 2, 3 };
}

pub fn main() void {
    var scores = loadScores();
    const backup = &scores;
    scores[0] = 99;
    std.debug.print("scores[0] = {d}, backup[0] = {d}\n", .{ scores[0], backup[0] });
}
