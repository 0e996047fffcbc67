//@ panic: index out of bounds: index 0, len 0
//@ variant: What if the loop never stops?
const std = @import("std");

pub fn main() void {
    var losses = [_]u8{ 9, 7, 4 };
    var rest: []u8 = &losses;
    while (true) {
        rest = rest[1..];
        std.debug.print("first {d}, len {d}\n", .{ rest[0], rest.len });
    }
    rest[0] = 5;
    std.debug.print("losses {d} {d} {d}\n", .{ losses[0], losses[1], losses[2] });
}
