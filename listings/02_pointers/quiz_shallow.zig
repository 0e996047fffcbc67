//@ run
//@ title: A copy of a struct
const std = @import("std");

const Run = struct { epoch: u8, losses: []u8 };

pub fn main() void {
    var losses = [_]u8{ 9, 8 };
    const first: Run = .{ .epoch = 1, .losses = &losses };
    var second = first;
    second.epoch = 2;
    second.losses[0] = 3;
    std.debug.print("{d} {d}\n", .{ first.epoch, first.losses[0] });
}
