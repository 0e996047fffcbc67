//@ run
//@ variant: What if `free` stands before the `print`, without `defer`?
//@ trace
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;

    const scores = try gpa.alloc(i32, 3);
    @memset(scores, 0);
    scores[1] = 7;
    gpa.free(scores);
    std.debug.print("{d} {d} {d}\n", .{ scores[0], scores[1], scores[2] });
}
