//@ run
//@ title: A forward pass, three layers deep

const std = @import("std");
const Counting = @import("counting.zig").Counting;
const Allocator = std.mem.Allocator;

const Matrix = []const []const f32;

/// Caller owns the result.
fn layer(gpa: Allocator, weights: Matrix, x: []const f32) ![]f32 {
    const y = try gpa.alloc(f32, weights.len);
    for (y, weights) |*sum, row| {
        sum.* = 0;
        for (row, x) |w, v| sum.* += w * v;
        sum.* = @max(sum.*, 0);
    }
    return y;
}

/// Caller owns the result.
fn forward(gpa: Allocator, model: []const Matrix, input: []const f32) ![]f32 {
    var x = try layer(gpa, model[0], input);
    for (model[1..]) |weights| {
        errdefer gpa.free(x);
        const y = try layer(gpa, weights, x);
        gpa.free(x); // Python does this for you, when the name `x` moves on
        x = y;
    }
    return x;
}

pub fn main(init: std.process.Init) !void {
    var counting: Counting = .{ .child = init.gpa };
    const model: []const Matrix = &.{
        &.{ &.{ 1, 2 }, &.{ 3, 4 } },
        &.{ &.{ 1, 0 }, &.{ 0, 1 } },
        &.{&.{ 0.5, 0.5 }},
    };
    var total: f32 = 0;
    for (0..1000) |_| {
        const y = try forward(counting.allocator(), model, &.{ 1, 1 });
        defer counting.allocator().free(y);
        total += y[0];
    }
    std.debug.print("sum of the answers: {d}\n", .{total});
    std.debug.print("allocations: {d}, most bytes at once: {d}\n", .{ counting.allocations, counting.peak });
}
