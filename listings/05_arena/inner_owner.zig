//@ leak
//@ title: A layer in an arena, and its weights
const std = @import("std");

const Layer = struct { weights: std.ArrayList(f32) };

pub fn main(init: std.process.Init) !void {
    var arena: std.heap.ArenaAllocator = .init(init.gpa);
    defer arena.deinit();

    const layer = try arena.allocator().create(Layer);
    layer.weights = try .initCapacity(init.gpa, 4);
    layer.weights.appendAssumeCapacity(0.5);
    std.debug.print("{any}\n", .{layer.weights.items});
}
