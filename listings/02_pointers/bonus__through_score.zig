//@ run
//@ variant: What if `score` is passed as `*i32` and changed through it?
const std = @import("std");

fn addBonus(score: *i32, history: []i32) void {
    score.* += 10;
    history[0] = score.*;
}

pub fn main() void {
    var score: i32 = 50;
    var history = [_]i32{ 0, 0 };
    addBonus(&score, &history);
    std.debug.print("score {d}, history[0] {d}\n", .{ score, history[0] });
}
