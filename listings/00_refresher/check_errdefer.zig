//@ run
//@ title: Question 10
const std = @import("std");

fn build(fails: bool) !void {
    defer std.debug.print("d ", .{});
    errdefer std.debug.print("e ", .{});
    if (fails) return error.Broken;
}

pub fn main() void {
    build(false) catch {};
    build(true) catch {};
    std.debug.print("end\n", .{});
}
