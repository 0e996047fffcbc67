//@ panic: double free
//@ title: The first slice of two
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;

    const scores = try gpa.alloc(i32, 2);
    defer gpa.free(scores);
    @memset(scores, 5);
    const other = try gpa.create(i32); // in the way: `scores` cannot grow where it is
    defer gpa.destroy(other);

    const longer = try gpa.realloc(scores, 3);
    longer[2] = 7;
}
