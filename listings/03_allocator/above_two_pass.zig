//@ run
//@ title: The positions again, counted first
//@ same-output
const std = @import("std");

/// Returns the positions of all scores above `limit`. The caller owns the slice.
fn above(gpa: std.mem.Allocator, scores: []const f32, limit: f32) ![]usize {
    var n: usize = 0;
    for (scores) |score| n += @intFromBool(score > limit);

    const positions = try gpa.alloc(usize, n);
    var next: usize = 0;
    for (scores, 0..) |score, i| {
        if (score > limit) {
            positions[next] = i;
            next += 1;
        }
    }
    return positions;
}

pub fn main(init: std.process.Init) !void {
    const positions = try above(init.gpa, &.{ 0.2, 0.9, 0.4, 0.7 }, 0.5);
    defer init.gpa.free(positions);
    for (positions) |i| std.debug.print("{d}\n", .{i});
}
