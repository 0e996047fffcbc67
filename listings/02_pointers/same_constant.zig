//@ run
//@ title: The same two arrays, as constants
const std = @import("std");

fn answer(yes: bool) []const u8 {
    return if (yes) "yes" else "no";
}

pub fn main() void {
    const a = [_]u8{ 1, 2 };
    const b = [_]u8{ 1, 2 };
    const p = &a;
    const r = &b;
    std.debug.print("p and r: same place {s}\n", .{answer(p == r)});
}
