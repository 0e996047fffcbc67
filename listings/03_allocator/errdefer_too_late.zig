//@ test-failure: MemoryLeakDetected
//@ title: A model with two `errdefer` lines
const std = @import("std");
const testing = std.testing;

const Model = struct {
    weights: []f32,
    bias: []f32,

    // ANCHOR: init
    /// The caller owns the model and frees it with `deinit`.
    fn init(gpa: std.mem.Allocator, n: usize) !Model {
        const weights = try gpa.alloc(f32, n);
        const bias = try gpa.alloc(f32, n);
        errdefer gpa.free(weights);
        errdefer gpa.free(bias);
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
