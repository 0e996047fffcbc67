//@ run
//@ wasm: the build for the page is optimized, and gives each call a place of its own
//@ title: Two results from one buffer
//@ trace
const std = @import("std");

fn digits(n: u8) []u8 {
    var buf = [_]u8{ n, n, n };
    return buf[0..];
}

pub fn main() void {
    const ones = digits(1);
    const twos = digits(2);
    std.debug.print("same memory: {}\n", .{ones.ptr == twos.ptr});
}
