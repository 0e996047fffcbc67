//@ panic: integer overflow
//@ variant: What if the test for 0 is left out?
const std = @import("std");

fn sumTo(n: u32) u32 {
    const rest = sumTo(n - 1);
    return n + rest;
}

pub fn main() void {
    const total = sumTo(3);
    std.debug.print("3 + 2 + 1 = {d}\n", .{total});
}
