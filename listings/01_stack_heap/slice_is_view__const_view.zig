//@ compile-error: cannot assign to constant
//@ variant: What if the type of `view` is `[]const i32`?
const std = @import("std");

pub fn main() void {
    var scores = [_]i32{ 10, 20, 30, 40, 50 };
    const view: []const i32 = scores[1..4];
    view[0] = 99;
    scores[2] = 77;
    std.debug.print("scores[1] = {d}, view[1] = {d}\n", .{ scores[1], view[1] });
}
