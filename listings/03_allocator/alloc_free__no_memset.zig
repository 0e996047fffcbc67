//@ run
//@ variant: What if the line with `@memset` is left out?
//@ trace
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;

    const scores = try gpa.alloc(i32, 3);
    defer gpa.free(scores);

    scores[1] = 7;
    std.debug.print("{d} {d} {d}\n", .{ scores[0], scores[1], scores[2] });
}
