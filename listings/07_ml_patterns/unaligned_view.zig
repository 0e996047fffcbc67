//@ run
//@ title: A view of floats at an odd address
//@ same-output

const std = @import("std");

const file align(4) = [_]u8{ 7, 0, 0, 128, 63, 0, 0, 0, 64 }; // one byte, then 1.0 and 2.0

fn sum(xs: []align(1) const f32) f32 {
    var total: f32 = 0;
    for (xs) |x| total += x;
    return total;
}

pub fn main() void {
    var start: usize = 1; // behind the one byte
    _ = &start;
    const weights: []align(1) const f32 = @ptrCast(file[start..]);
    std.debug.print("{d} floats, sum {d}\n", .{ weights.len, sum(weights) });
}
