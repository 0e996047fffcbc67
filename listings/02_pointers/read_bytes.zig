//@ run
//@ title: A number made from its bytes
//@ same-output
const std = @import("std");

pub fn main() void {
    const packet = [_]u8{ 7, 2, 1, 0, 0 };
    const length = std.mem.readInt(u32, packet[1..5], .little);
    std.debug.print("kind {d}, length {d}\n", .{ packet[0], length });
}
