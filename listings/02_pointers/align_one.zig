//@ run
//@ title: A pointer that promises no alignment
const std = @import("std");

fn readLength(packet: []const u8) u32 {
    const p: *align(1) const u32 = @ptrCast(packet.ptr);
    return p.*;
}

pub fn main() void {
    const bytes: [8]u8 align(4) = .{ 1, 0, 0, 0, 2, 0, 0, 0 };
    std.debug.print("from byte 4: {d}\n", .{readLength(bytes[4..])});
    std.debug.print("from byte 1: {d}\n", .{readLength(bytes[1..])});
}
