//@ run
//@ title: A layer whose output is its input
//@ same-output

const std = @import("std");

/// y = W x, where W is [[1, 1], [1, -1]].
fn layer(x: []const f32, y: []f32) void {
    y[0] = x[0] + x[1];
    y[1] = x[0] - x[1];
}

pub fn main() void {
    var x = [2]f32{ 3, 1 };
    layer(&x, &x);
    std.debug.print("{d} {d}\n", .{ x[0], x[1] });
}
