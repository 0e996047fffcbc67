//@ run
//@ title: Make the value first, then assign it
//@ same-output
const std = @import("std");

pub fn main() void {
    var pair = [_]u32{ 1, 2 };
    const turned = .{ pair[1], pair[0] };
    pair = turned;
    std.debug.print("constant    {d} {d}\n", .{ pair[0], pair[1] });

    pair = [2]u32{ pair[1], pair[0] }; // the literal says its type
    std.debug.print("typed       {d} {d}\n", .{ pair[0], pair[1] });

    std.mem.swap(u32, &pair[0], &pair[1]);
    std.debug.print("std.mem     {d} {d}\n", .{ pair[0], pair[1] });
}
