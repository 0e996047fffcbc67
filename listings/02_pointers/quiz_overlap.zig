//@ run
//@ title: Doubling into the neighbor
const std = @import("std");

fn double(out: []u8, in: []const u8) void {
    for (out, in) |*o, i| o.* = i * 2;
}

pub fn main() void {
    var xs = [_]u8{ 1, 1, 1, 1 };
    double(xs[1..4], xs[0..3]);
    std.debug.print("{any}\n", .{xs});
}
