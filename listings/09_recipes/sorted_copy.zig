//@ test
//@ title: A sorted copy
const std = @import("std");
const Allocator = std.mem.Allocator;

// ANCHOR: recipe
/// The caller owns the result. `xs` stays as it is.
fn sorted(gpa: Allocator, xs: []const f32) ![]f32 {
    const copy = try gpa.dupe(f32, xs);
    std.mem.sort(f32, copy, {}, std.sort.asc(f32)); // in place
    return copy;
}

test "the original keeps its order" {
    const gpa = std.testing.allocator;
    const xs = [_]f32{ 3, 1, 2 };
    const ys = try sorted(gpa, &xs);
    defer gpa.free(ys);
    try std.testing.expectEqualSlices(f32, &.{ 1, 2, 3 }, ys);
}
// ANCHOR_END: recipe
