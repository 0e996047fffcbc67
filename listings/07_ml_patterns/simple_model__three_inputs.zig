//@ panic: index out of bounds
//@ variant: What if `x` has three numbers?
//@ trace

const std = @import("std");

const SimpleModel = struct {
    weight: []const f32, // one row for each output
    bias: []const f32,

    /// The weights live as long as `arena`.
    fn init(arena: std.mem.Allocator) !SimpleModel {
        return .{
            .weight = try arena.dupe(f32, &.{ 1, 2, 3, 4 }),
            .bias = try arena.dupe(f32, &.{ 0.5, -20 }),
        };
    }

    /// y = max(0, weight * x + bias), written into memory of the caller.
    fn forward(model: SimpleModel, x: []const f32, y: []f32) void {
        for (y, model.bias, 0..) |*sum, bias, i| {
            sum.* = bias;
            for (model.weight[i * x.len ..][0..x.len], x) |w, v| sum.* += w * v;
            sum.* = @max(sum.*, 0);
        }
    }
};

pub fn main(init: std.process.Init) !void {
    var arena: std.heap.ArenaAllocator = .init(init.gpa);
    defer arena.deinit(); // the end of the model
    const model: SimpleModel = try .init(arena.allocator());

    var y: [2]f32 = undefined;
    model.forward(&.{ 1, 2, 3 }, &y);
    std.debug.print("{d} {d}\n", .{ y[0], y[1] });
}
