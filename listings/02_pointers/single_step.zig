//@ compile-error: incompatible types: '*const u32' and 'comptime_int'
//@ title: One item further
const std = @import("std");

pub fn main() void {
    const xs = [_]u32{ 10, 20, 30 };
    const p: *const u32 = &xs[0];
    const q = p + 1;
    std.debug.print("{d}\n", .{q.*});
}
