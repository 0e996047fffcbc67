//@ run
//@ title: Question 2
const std = @import("std");

const Config = struct { rate: f32, layers: [2]u32 };

pub fn main() void {
    const a: Config = .{ .rate = 0.5, .layers = .{ 64, 10 } };
    var b = a;
    b.rate = 0.1;
    b.layers[0] = 128;
    std.debug.print("{d} {d}\n", .{ a.rate, a.layers[0] });
}
