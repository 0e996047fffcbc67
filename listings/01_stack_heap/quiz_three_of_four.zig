//@ run
//@ title: A sum of four bytes
const std = @import("std");

pub fn main() void {
    var bytes: [4]u8 = undefined;
    for (0..3) |i| bytes[i] = 10;
    var sum: u32 = 0;
    for (bytes) |byte| sum += byte;
    std.debug.print("{d}\n", .{sum});
}
