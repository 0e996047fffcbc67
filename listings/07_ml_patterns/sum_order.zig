//@ run
//@ title: One sum, added up in two orders

const std = @import("std");

pub fn main() void {
    var numbers: [1000]f32 = undefined;
    for (&numbers, 1..) |*x, i| x.* = 1 / @as(f32, @floatFromInt(i));

    var plain: f32 = 0;
    for (numbers) |x| plain += x;

    var eight: @Vector(8, f32) = @splat(0);
    for (0..125) |i| eight += numbers[8 * i ..][0..8].*;
    const vector = @reduce(.Add, eight);

    std.debug.print("one after the other: {d}\n", .{plain});
    std.debug.print("in eight columns: {d}\n", .{vector});
}
