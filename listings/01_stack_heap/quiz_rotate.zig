//@ run
//@ title: Turn a point by a quarter
const std = @import("std");

pub fn main() void {
    var point = [_]i32{ 3, 5 };
    point = .{ -point[1], point[0] };
    std.debug.print("{d} {d}\n", .{ point[0], point[1] });
}
