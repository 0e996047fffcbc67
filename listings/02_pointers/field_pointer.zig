//@ run
//@ title: A pointer to one field
//@ same-output
const std = @import("std");

const Layer = struct { width: u16, bias: f32 };

pub fn main() void {
    var layer: Layer = .{ .width = 64, .bias = 0.5 };
    const bias: *f32 = &layer.bias;
    bias.* *= 2;
    std.debug.print("width {d}, bias {d:.1}\n", .{ layer.width, layer.bias });
}
