//@ run
//@ title: What does this swap?
const std = @import("std");

pub fn main() void {
    var x: u8 = 1;
    var y: u8 = 2;
    var p = &x;
    var q = &y;
    const old = p;
    p = q;
    q = old;
    p.* += 10;
    q.* += 20;
    std.debug.print("{d} {d}\n", .{ x, y });
}
