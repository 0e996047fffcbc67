//@ compile-error: pointer capture of non pointer type
//@ variant: What if the loop is over `scores`, without the `&`?
const std = @import("std");

pub fn main() void {
    const scores = [_]u8{ 1, 2, 3 };
    for (scores) |*s| {
        s.* *= 2;
    }
    std.debug.print("{d} {d} {d}\n", .{ scores[0], scores[1], scores[2] });
}
