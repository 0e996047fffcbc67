//@ run
//@ title: Question 9
const std = @import("std");

pub fn main() void {
    defer std.debug.print("1\n", .{});
    {
        defer std.debug.print("2 ", .{});
        std.debug.print("3 ", .{});
    }
    defer std.debug.print("4 ", .{});
    std.debug.print("5 ", .{});
}
