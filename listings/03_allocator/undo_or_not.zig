//@ run
//@ title: Which lines are printed, and in what order?
const std = @import("std");

fn load(fail: bool) !void {
    std.debug.print("alloc ", .{});
    defer std.debug.print("defer\n", .{});
    errdefer std.debug.print("errdefer ", .{});
    if (fail) return error.Unreadable;
    std.debug.print("loaded ", .{});
}

pub fn main() void {
    load(false) catch {};
    load(true) catch {};
}
