//@ compile-error: no member named 'io'
//@ title: Standard output, as older texts write it
const std = @import("std");

pub fn main() !void {
    const stdout = std.io.getStdOut().writer();
    try stdout.print("7\n", .{});
}
