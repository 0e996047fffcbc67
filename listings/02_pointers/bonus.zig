//@ run
//@ title: A number and a list as arguments
//@ same-output
const std = @import("std");

fn addBonus(score: i32, history: []i32) void {
    const raised = score + 10; // `score` is a copy of the caller's number
    history[0] = raised; // `history` leads to the caller's array
}

pub fn main() void {
    const score: i32 = 50;
    var history = [_]i32{ 0, 0 };
    addBonus(score, &history);
    std.debug.print("score {d}, history[0] {d}\n", .{ score, history[0] });
}
