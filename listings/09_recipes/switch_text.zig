//@ test
//@ title: Switch on a text
const std = @import("std");

// ANCHOR: recipe
const Activation = enum { relu, tanh, none };

fn apply(name: []const u8, x: f32) !f32 {
    const kind = std.meta.stringToEnum(Activation, name) orelse return error.UnknownActivation;
    return switch (kind) {
        .relu => @max(0, x),
        .tanh => std.math.tanh(x),
        .none => x,
    };
}

test "by name" {
    try std.testing.expectEqual(0, try apply("relu", -3));
    try std.testing.expectError(error.UnknownActivation, apply("gelu", 1));
}
// ANCHOR_END: recipe
