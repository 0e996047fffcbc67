//@ run
//@ title: An array, a copy and a view
//@ trace
const std = @import("std");

pub fn main() void {
    var scores = [_]i32{ 10, 20, 30, 40 };
    const copy = scores;
    const view = scores[1..3];
    view[1] = 99;
    std.debug.print("{d} {d} {d}\n", .{ scores[2], copy[2], view.len });
}
