//@ run
//@ title: Two calls of `moveAll`
//@ trace
const std = @import("std");

fn moveAll(from: *u8, to: *u8) void {
    to.* += from.*;
    from.* = 0;
}

pub fn main() void {
    var a: u8 = 5;
    var b: u8 = 1;
    moveAll(&a, &b);
    std.debug.print("a {d}, b {d}\n", .{ a, b });
    moveAll(&b, &b);
    std.debug.print("a {d}, b {d}\n", .{ a, b });
}
