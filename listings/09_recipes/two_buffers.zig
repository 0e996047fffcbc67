//@ test
//@ title: Two buffers that take turns
const std = @import("std");

// ANCHOR: recipe
fn double(in: []const f32, out: []f32) void {
    for (out, in) |*y, x| y.* = 2 * x;
}

test "three layers" {
    const gpa = std.testing.allocator;
    var now = try gpa.dupe(f32, &.{ 1, 2 });
    defer gpa.free(now);
    var next = try gpa.alloc(f32, 2);
    defer gpa.free(next);
    for (0..3) |_| {
        double(now, next);
        std.mem.swap([]f32, &now, &next); // two slices change places, no numbers move
    }
    try std.testing.expectEqualSlices(f32, &.{ 8, 16 }, now);
}
// ANCHOR_END: recipe
