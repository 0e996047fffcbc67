//@ run
//@ title: Two arrays with equal items
//@ same-output
const std = @import("std");

fn answer(yes: bool) []const u8 {
    return if (yes) "yes" else "no";
}

pub fn main() void {
    var a = [_]u8{ 1, 2 };
    var b = [_]u8{ 1, 2 };
    const p = &a;
    const q = &a;
    const r = &b;
    std.debug.print("p and q: same place {s}\n", .{answer(p == q)});
    std.debug.print("p and r: same place {s}\n", .{answer(p == r)});
    std.debug.print("p and r: equal values {s}\n", .{answer(std.mem.eql(u8, p, r))});
}
