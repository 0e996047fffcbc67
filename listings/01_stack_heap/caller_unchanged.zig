//@ run
//@ title: A function that changes the scores it was given
const std = @import("std");

fn zeroFirst(scores: [3]i32) [3]i32 {
    var result = scores;
    result[0] = 0;
    return result;
}

pub fn main() void {
    const scores = [_]i32{ 1, 2, 3 };
    const zeroed = zeroFirst(scores);
    std.debug.print("scores[0] = {d}, zeroed[0] = {d}\n", .{ scores[0], zeroed[0] });
}
