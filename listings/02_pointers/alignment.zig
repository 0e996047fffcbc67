//@ run
//@ title: Three addresses, divided by four
//@ same-output
const std = @import("std");

pub fn main() void {
    const xs = [_]u32{ 10, 20, 30 };
    var rests: usize = 0;
    for (&xs) |*x| rests += @intFromPtr(x) % @alignOf(u32);
    std.debug.print("u8 {d}, u32 {d}, f64 {d}\n", .{ @alignOf(u8), @alignOf(u32), @alignOf(f64) });
    std.debug.print("sum of address % 4: {d}\n", .{rests});
}
