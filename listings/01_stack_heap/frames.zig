//@ run
//@ title: A function that calls itself
//@ same-output
//@ trace
const std = @import("std");

fn sumTo(n: u32) u32 {
    if (n == 0) return 0;
    const rest = sumTo(n - 1);
    return n + rest;
}

pub fn main() void {
    const total = sumTo(3);
    std.debug.print("3 + 2 + 1 = {d}\n", .{total});
}
