//@ run
//@ variant: What if the `errdefer` is a `defer`?
const std = @import("std");

// ANCHOR: signature
/// Returns the positions of all scores above `limit`. The caller owns the slice.
fn above(gpa: std.mem.Allocator, scores: []const f32, limit: f32) ![]usize {
    // ANCHOR_END: signature
    var positions: std.ArrayList(usize) = .empty;
    defer positions.deinit(gpa);
    for (scores, 0..) |score, i| {
        if (score > limit) try positions.append(gpa, i);
    }
    return positions.toOwnedSlice(gpa);
}

pub fn main(init: std.process.Init) !void {
    const positions = try above(init.gpa, &.{ 0.2, 0.9, 0.4, 0.7 }, 0.5);
    defer init.gpa.free(positions);
    for (positions) |i| std.debug.print("{d}\n", .{i});
}
