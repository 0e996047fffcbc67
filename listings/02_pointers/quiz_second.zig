//@ run
//@ title: The second item of a part
//@ trace
const std = @import("std");

fn second(items: []i32) *i32 {
    return &items[1];
}

pub fn main() void {
    var scores = [_]i32{ 50, 70, 90 };
    const last = scores[2];
    const p = second(scores[1..]);
    p.* = 0;
    std.debug.print("{d} {d} {d}\n", .{ scores[1], scores[2], last });
}
