//@ leak
//@ variant: What if the line with `defer` is left out?
//@ trace
const std = @import("std");

/// The caller owns the result and frees it.
fn loadScores(gpa: std.mem.Allocator, count: usize) ![]u32 {
    const scores = try gpa.alloc(u32, count);
    for (scores, 1..) |*score, i| score.* = @intCast(i);
    return scores;
}

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;
    const scores = try loadScores(gpa, 3);
    std.debug.print("{d} {d} {d}\n", .{ scores[0], scores[1], scores[2] });
}
