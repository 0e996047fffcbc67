//@ run
//@ title: A slice is a pointer and a length
//@ same-output
//@ trace
const std = @import("std");

pub fn main() void {
    var losses = [_]u8{ 9, 7, 4 };
    var rest: []u8 = &losses;
    while (rest.len > 1) {
        rest = rest[1..]; // pointer one item further, length one less
        std.debug.print("first {d}, len {d}\n", .{ rest[0], rest.len });
    }
    rest[0] = 5; // writes into losses
    std.debug.print("losses {d} {d} {d}\n", .{ losses[0], losses[1], losses[2] });
}
