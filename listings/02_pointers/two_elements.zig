//@ run
//@ title: Two pointers into one array
//@ same-output
const std = @import("std");

fn addTo(target: *u8, source: *const u8) void {
    target.* += source.*;
}

pub fn main() void {
    var counts = [_]u8{ 1, 2, 3 };
    addTo(&counts[0], &counts[2]);
    std.debug.print("{d} {d} {d}\n", .{ counts[0], counts[1], counts[2] });
}
