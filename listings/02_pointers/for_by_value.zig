//@ compile-error: cannot assign to constant
//@ title: A loop that writes to its variable
const std = @import("std");

pub fn main() void {
    var scores = [_]u8{ 1, 2, 3 };
    scores[0] = 5;
    for (scores) |s| {
        s *= 2;
        std.debug.print("s {d}\n", .{s});
    }
    std.debug.print("{any}\n", .{scores});
}
