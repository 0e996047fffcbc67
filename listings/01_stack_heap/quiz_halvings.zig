//@ run
//@ title: How often a number can be halved
const std = @import("std");

fn halvings(n: u32) u32 {
    if (n == 1) return 0;
    const rest = halvings(n / 2);
    return 1 + rest;
}

pub fn main() void {
    std.debug.print("{d}\n", .{halvings(8)});
}
