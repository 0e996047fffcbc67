//@ test
//@ title: The same model, with one line moved
const std = @import("std");
const testing = std.testing;

const Model = struct {
    weights: []f32,
    bias: []f32,

    // ANCHOR: init
    /// The caller owns the model and frees it with `deinit`.
    fn init(gpa: std.mem.Allocator, n: usize) !Model {
        const weights = try gpa.alloc(f32, n);
        errdefer gpa.free(weights);
        const bias = try gpa.alloc(f32, n);
        return .{ .weights = weights, .bias = bias };
    }
    // ANCHOR_END: init

    fn deinit(self: *Model, gpa: std.mem.Allocator) void {
        gpa.free(self.bias);
        gpa.free(self.weights);
        self.* = undefined;
    }
};

fn makeAndFree(gpa: std.mem.Allocator) !void {
    var model: Model = try .init(gpa, 4);
    defer model.deinit(gpa);
}

test "there is memory enough" {
    try makeAndFree(testing.allocator);
}

test "each allocation fails once" {
    try testing.checkAllAllocationFailures(testing.allocator, makeAndFree, .{});
}
