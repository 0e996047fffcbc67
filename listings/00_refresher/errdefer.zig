//@ run
//@ same-output
//@ title: errdefer runs only when the function returns an error
const std = @import("std");

fn connect(fails: bool) !void {
    std.debug.print("open\n", .{});
    errdefer std.debug.print("undo: close\n", .{});

    if (fails) return error.Refused;
    std.debug.print("connected\n", .{});
}

pub fn main() void {
    connect(false) catch {};
    connect(true) catch |err| std.debug.print("failed: {t}\n", .{err});
}
