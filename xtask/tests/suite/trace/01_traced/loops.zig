//! Loops of every kind.
const std = @import("std");

pub fn main() void {
    var i: u32 = 0;
    while (i < 3) : (i += 1) {
        const square = i * i;
        std.debug.print("square = {d}\n", .{square});
    }
    var total: u32 = 0;
    for ([_]u32{ 5, 6 }, 0..) |item, index| total += item * @as(u32, @intCast(index));
    while (true) {
        total += 1;
        if (total > 8) break;
    }
    inline for (.{ 1, 2 }) |step| total += step;
    std.debug.print("total = {d}\n", .{total});
}
