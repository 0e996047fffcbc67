//@ run
//@ title: The third of two items, in a fast build
//@ mode: fast
const std = @import("std");

fn third(scores: []const u8) u8 {
    return scores[2];
}

pub fn main() void {
    const scores = [_]u8{ 10, 20, 30 };
    std.debug.print("of three: {d}\n", .{third(&scores)});
    std.debug.print("of two: {d}\n", .{third(scores[0..2])});
}
