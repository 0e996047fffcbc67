//@ run
//@ title: Two requests, three slices
//@ trace
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;
    const ids = try gpa.dupe(i32, &.{ 5, 6, 7 });
    defer gpa.free(ids);
    const view = ids[1..];
    const kept = try gpa.dupe(i32, view);
    defer gpa.free(kept);
    ids[1] = 0;
    std.debug.print("{d} {d}\n", .{ view[0], kept[0] });
}
