//@ run
//@ title: A layer over its own input, with its two lines exchanged

const std = @import("std");

fn layer(x: []const f32, y: []f32) void {
    y[1] = x[0] - x[1];
    y[0] = x[0] + x[1];
}

pub fn main() void {
    var x = [2]f32{ 3, 1 };
    layer(&x, &x);
    std.debug.print("{d} {d}\n", .{ x[0], x[1] });
}
