//@ panic: index out of bounds
//@ title: Cleaning up after an index that is too large
const std = @import("std");

fn third(scores: []const u8) u8 {
    defer std.debug.print("cleaned up\n", .{});
    return scores[2];
}

pub fn main() void {
    const scores = [_]u8{ 10, 20, 30 };
    std.debug.print("{d}\n", .{third(&scores)});
    std.debug.print("{d}\n", .{third(scores[0..2])});
}
