//@ panic: attempt to use null value
//@ title: A claim with `.?`
const std = @import("std");

fn lastScore(scores: []u8) ?*u8 {
    if (scores.len == 0) return null;
    return &scores[scores.len - 1];
}

pub fn main() void {
    var scores = [_]u8{ 3, 4 };
    lastScore(&scores).?.* += 1;
    std.debug.print("last {d}\n", .{scores[1]});
    lastScore(scores[0..0]).?.* += 1;
}
