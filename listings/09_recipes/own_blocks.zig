//@ test
//@ title: A struct that owns two blocks
const std = @import("std");
const Allocator = std.mem.Allocator;

// ANCHOR: recipe
const Layer = struct {
    weights: []f32,
    bias: []f32,

    fn init(gpa: Allocator, inputs: usize, outputs: usize) !Layer {
        const weights = try gpa.alloc(f32, inputs * outputs);
        errdefer gpa.free(weights); // if the next line fails
        const bias = try gpa.alloc(f32, outputs);
        return .{ .weights = weights, .bias = bias };
    }

    fn deinit(self: *Layer, gpa: Allocator) void {
        gpa.free(self.bias);
        gpa.free(self.weights);
        self.* = undefined;
    }
};
// ANCHOR_END: recipe

fn makeAndFree(gpa: Allocator) !void {
    var layer: Layer = try .init(gpa, 3, 2);
    defer layer.deinit(gpa);
    try std.testing.expectEqual(6, layer.weights.len);
}

test "nothing leaks, whichever allocation fails" {
    try std.testing.checkAllAllocationFailures(std.testing.allocator, makeAndFree, .{});
}
