//@ run
//@ title: Behind the end of a slice
//@ same-output
const std = @import("std");

pub fn main() void {
    const scores = [_]u8{ 10, 20, 30 };
    const two: []const u8 = scores[0..2];
    const many: [*]const u8 = two.ptr; // the length is gone
    std.debug.print("two.len {d}, many[2] {d}\n", .{ two.len, many[2] });
    const again: []const u8 = many[0..2]; // the length is back: you promise it
    std.debug.print("again.len {d}\n", .{again.len});
}
