//@ test-failure: MemoryLeakDetected
//@ title: A model whose layers are allocated one by one

const std = @import("std");

const Model = struct {
    layers: [3][]f32,

    fn init(gpa: std.mem.Allocator) !Model {
        var model: Model = undefined;
        for (&model.layers) |*layer| layer.* = try gpa.alloc(f32, 4);
        return model;
    }

    fn deinit(model: *Model, gpa: std.mem.Allocator) void {
        for (model.layers) |layer| gpa.free(layer);
        model.* = undefined;
    }
};

fn loadAndDrop(gpa: std.mem.Allocator) !void {
    var model: Model = try .init(gpa);
    defer model.deinit(gpa);
}

test "loads and frees" {
    try loadAndDrop(std.testing.allocator);
}

test "fails at each allocation in turn" {
    try std.testing.checkAllAllocationFailures(std.testing.allocator, loadAndDrop, .{});
}
