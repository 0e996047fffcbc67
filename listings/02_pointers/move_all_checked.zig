//@ run
//@ title: A `moveAll` that asks first
const std = @import("std");

fn moveAll(from: *u8, to: *u8) void {
    if (from == to) return;
    to.* += from.*;
    from.* = 0;
}

pub fn main() void {
    var a: u8 = 5;
    moveAll(&a, &a);
    std.debug.print("a {d}\n", .{a});
}
