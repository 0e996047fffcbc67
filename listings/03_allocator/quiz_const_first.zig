//@ run
//@ title: A constant in front of a list
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const scores = try init.gpa.alloc(i32, 2);
    defer init.gpa.free(scores);
    @memset(scores, 1);

    const first = &scores[0];
    first.* = 10;
    std.debug.print("{d} {d}\n", .{ scores[0], scores[1] });
}
