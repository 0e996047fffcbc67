//@ compile-error: cannot assign to constant
//@ variant: What if `scores` is a `const`?
const std = @import("std");

fn loadScores() [3]i32 {
    return .{ 1, 2, 3 };
}

pub fn main() void {
    const scores = loadScores();
    const backup = scores;
    scores[0] = 99;
    std.debug.print("scores[0] = {d}, backup[0] = {d}\n", .{ scores[0], backup[0] });
}
