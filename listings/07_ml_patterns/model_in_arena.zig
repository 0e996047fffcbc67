//@ test
//@ title: A model whose layers come from an arena

const std = @import("std");

const Model = struct {
    layers: [3][]f32,

    /// The weights live as long as `arena`, also when this fails.
    fn init(arena: std.mem.Allocator) !Model {
        var model: Model = undefined;
        for (&model.layers) |*layer| layer.* = try arena.alloc(f32, 4);
        return model;
    }
};

fn loadAndDrop(gpa: std.mem.Allocator) !void {
    var arena: std.heap.ArenaAllocator = .init(gpa);
    defer arena.deinit(); // frees the layers that were loaded, however many
    _ = try Model.init(arena.allocator());
}

test "fails at each allocation in turn" {
    try std.testing.checkAllAllocationFailures(std.testing.allocator, loadAndDrop, .{});
}
