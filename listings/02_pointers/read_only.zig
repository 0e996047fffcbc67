//@ compile-error: cannot assign to constant
//@ title: A function that reads through a pointer
const std = @import("std");

fn report(score: *const i32) void {
    std.debug.print("score {d}\n", .{score.*});
    score.* = 0;
}

pub fn main() void {
    var score: i32 = 50;
    score += 1;
    report(&score); // *i32 becomes *const i32 by itself
}
