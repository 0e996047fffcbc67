//@ run
//@ title: The two buffers of a network that is wide in every second layer

const std = @import("std");

const sizes = [_]usize{ 8, 100, 4, 60 }; // the input, then three layers

pub fn main() void {
    var lens = [2]usize{ 0, 0 };
    for (sizes, 0..) |size, i| lens[i % 2] = @max(lens[i % 2], size);
    std.debug.print("{d}\n", .{(lens[0] + lens[1]) * @sizeOf(f32)});
}
