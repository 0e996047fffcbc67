//@ run
//@ variant: What if `moveAll` empties `from` first, and then adds?
//@ trace
const std = @import("std");

fn moveAll(from: *u8, to: *u8) void {
    from.* = 0;
    to.* += from.*;
}

pub fn main() void {
    var a: u8 = 5;
    var b: u8 = 1;
    moveAll(&a, &b);
    std.debug.print("a {d}, b {d}\n", .{ a, b });
    moveAll(&b, &b);
    std.debug.print("a {d}, b {d}\n", .{ a, b });
}
