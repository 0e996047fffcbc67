//@ run
//@ title: A helper that shortens its slice
const std = @import("std");

fn skipFirst(scores: []u8) void {
    var rest = scores;
    rest = rest[1..];
    rest[0] = 0;
}

pub fn main() void {
    var array = [_]u8{ 5, 6, 7 };
    const scores: []u8 = &array;
    skipFirst(scores);
    std.debug.print("{any}\n", .{scores});
}
