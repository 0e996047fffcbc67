//@ run
//@ title: New weights, and back to the old ones
//@ trace
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;
    var weights = try gpa.dupe(f32, &.{ 1, 2 });
    const old = weights;
    weights = try gpa.dupe(f32, &.{ 3, 4 });
    gpa.free(weights); // the new ones were no better
    weights = old;
    weights[0] = 5;
    std.debug.print("{d} {d}\n", .{ weights[0], old[0] });
    gpa.free(weights);
}
