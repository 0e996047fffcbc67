//@ run
//@ title: A block that must grow
//@ same-output
//@ trace
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;

    var scores = try gpa.alloc(i32, 2);
    defer gpa.free(scores);
    @memset(scores, 5);

    const other = try gpa.create(i32);
    defer gpa.destroy(other);
    other.* = 9;

    scores = try gpa.realloc(scores, 3);
    scores[2] = 7;
    std.debug.print("{d} {d} {d}, other {d}\n", .{ scores[0], scores[1], scores[2], other.* });
}
