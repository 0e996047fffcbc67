//@ run
//@ variant: What if `view` is a copy of the items: `scores[1..4].*`?
//@ trace
const std = @import("std");

pub fn main() void {
    var scores = [_]i32{ 10, 20, 30, 40, 50 };
    var view = scores[1..4].*;
    view[0] = 99;
    scores[2] = 77;
    std.debug.print("scores[1] = {d}, view[1] = {d}\n", .{ scores[1], view[1] });
}
