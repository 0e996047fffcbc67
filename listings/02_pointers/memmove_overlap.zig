//@ run
//@ title: Moving items by one place with `@memmove`
//@ same-output
const std = @import("std");

fn dropFirst(window: []u8) void {
    const n = window.len - 1;
    @memmove(window[0..n], window[1..]);
}

pub fn main() void {
    var window = [_]u8{ 1, 2, 3, 4 };
    dropFirst(&window);
    std.debug.print("{d} {d} {d} {d}\n", .{ window[0], window[1], window[2], window[3] });
}
