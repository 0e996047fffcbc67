//@ run
//@ variant: What if the loop runs four times, and the last line asks where the answer lies?
//@ trace

const std = @import("std");

/// y = W x, where W is [[1, 1], [1, -1]].
fn layer(x: []const f32, y: []f32) void {
    y[0] = x[0] + x[1];
    y[1] = x[0] - x[1];
}

pub fn main() void {
    var ping = [2]f32{ 3, 1 };
    var pong: [2]f32 = undefined;
    var x: []f32 = &ping;
    var y: []f32 = &pong;
    for (0..4) |_| {
        layer(x, y);
        std.debug.print("{d} {d} -> {d} {d}\n", .{ x[0], x[1], y[0], y[1] });
        std.mem.swap([]f32, &x, &y); // the views change places, the numbers stay
    }
    std.debug.print("in ping: {}\n", .{x.ptr == &ping});
}
