//@ run
//@ variant: What if the network has a fourth hidden layer of 32?

const std = @import("std");

/// Numbers in the two buffers: each layer writes into the one that it does not read.
fn twoBuffers(sizes: []const usize) [2]usize {
    var lens = [2]usize{ 0, 0 };
    for (sizes, 0..) |size, i| lens[i % 2] = @max(lens[i % 2], size);
    return lens;
}

pub fn main() void {
    const sizes = [_]usize{ 64, 32, 32, 32, 32, 10 };

    var weights: usize = 0;
    var all: usize = sizes[0];
    for (sizes[0 .. sizes.len - 1], sizes[1..]) |in, out| {
        weights += out * in + out; // a matrix and a bias
        all += out;
    }
    const ping, const pong = twoBuffers(&sizes);
    const width = @sizeOf(f32);
    std.debug.print("weights: {d} bytes\n", .{weights * width});
    std.debug.print("a buffer for each layer: {d} bytes\n", .{all * width});
    std.debug.print("two buffers: {d} + {d} = {d} bytes\n", .{ ping * width, pong * width, (ping + pong) * width });
}
