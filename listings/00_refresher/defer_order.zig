//@ run
//@ same-output
//@ title: defer runs when its block is left, the last one first
const std = @import("std");

fn work() void {
    std.debug.print("open file\n", .{});
    defer std.debug.print("close file\n", .{});

    std.debug.print("take lock\n", .{});
    defer std.debug.print("release lock\n", .{});

    std.debug.print("write\n", .{});
}

pub fn main() void {
    work();
    for (0..2) |i| {
        defer std.debug.print("end of turn {d}\n", .{i});
        std.debug.print("turn {d}\n", .{i});
    }
}
