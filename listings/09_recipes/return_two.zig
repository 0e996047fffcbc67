//@ test
//@ title: Return two blocks
const std = @import("std");
const Allocator = std.mem.Allocator;

// ANCHOR: recipe
const Split = struct { train: []f32, rest: []f32 };

/// The caller owns both slices.
fn split(gpa: Allocator, xs: []const f32, at: usize) !Split {
    const train = try gpa.dupe(f32, xs[0..at]);
    errdefer gpa.free(train);
    const rest = try gpa.dupe(f32, xs[at..]);
    return .{ .train = train, .rest = rest };
}

test "three of four" {
    const gpa = std.testing.allocator;
    const parts = try split(gpa, &.{ 1, 2, 3, 4 }, 3);
    defer gpa.free(parts.train);
    defer gpa.free(parts.rest);
    try std.testing.expectEqualSlices(f32, &.{4}, parts.rest);
}
// ANCHOR_END: recipe
