//@ run
//@ title: A lane and a copy of it
//@ trace
const std = @import("std");

const Lane = struct {
    bytes: [4]u8,
    free: []u8,
};

pub fn main() void {
    var lane: Lane = .{ .bytes = @splat(0), .free = &.{} };
    lane.free = &lane.bytes;
    var other = lane;
    other.free[0] = 9;
    std.debug.print("{d} {d}\n", .{ lane.bytes[0], other.bytes[0] });
}
