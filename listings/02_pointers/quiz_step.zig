//@ run
//@ title: Three steps
const std = @import("std");

pub fn main() void {
    const xs = [_]u64{ 1, 2, 3, 4 };
    const start: [*]const u64 = &xs;
    const p = start + 3;
    std.debug.print("{d}\n", .{@intFromPtr(p) - @intFromPtr(start)});
}
