//@ run
//@ title: Two slices that share an array without touching each other
//@ same-output
const std = @import("std");

pub fn main() void {
    var rows = [_]u8{ 1, 2, 3, 4 };
    const train: []u8 = rows[0..3];
    const valid: []u8 = rows[3..];
    train[0] = valid[0];
    valid[0] = 0;
    std.debug.print("{d} {d} {d} {d}\n", .{ rows[0], rows[1], rows[2], rows[3] });
}
