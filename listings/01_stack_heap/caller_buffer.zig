//@ run
//@ title: The caller brings the memory
//@ same-output
const std = @import("std");

/// Returns the part of `out` that was written.
fn digits(out: []u8, n: u8) []u8 {
    const used = out[0..3];
    @memset(used, n); // each item becomes n
    return used;
}

pub fn main() void {
    var buf: [8]u8 = undefined;
    const ones = digits(&buf, 1);
    std.debug.print("{d} {d} {d}\n", .{ ones[0], ones[1], ones[2] });
}
