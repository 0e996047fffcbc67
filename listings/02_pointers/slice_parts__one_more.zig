//@ run
//@ variant: What if the loop goes on while `rest.len > 0`, and `rest[0]` is left alone?
const std = @import("std");

pub fn main() void {
    var losses = [_]u8{ 9, 7, 4 };
    var rest: []u8 = &losses;
    while (rest.len > 0) {
        rest = rest[1..];
        std.debug.print("len {d}\n", .{rest.len});
    }
    losses[0] = 5;
    std.debug.print("losses {d} {d} {d}\n", .{ losses[0], losses[1], losses[2] });
}
