//@ run
//@ title: Two items further
//@ same-output
const std = @import("std");

pub fn main() void {
    const xs = [_]u32{ 10, 20, 30 };
    const start: [*]const u32 = &xs;
    var p = start;
    p += 2; // two items further
    std.debug.print("p[0] {d}\n", .{p[0]});
    std.debug.print("items {d}\n", .{p - start});
    std.debug.print("bytes {d}\n", .{@intFromPtr(p) - @intFromPtr(start)});
}
