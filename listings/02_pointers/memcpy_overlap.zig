//@ panic: @memcpy arguments alias
//@ title: Moving items by one place with `@memcpy`
const std = @import("std");

fn dropFirst(window: []u8) void {
    const n = window.len - 1;
    @memcpy(window[0..n], window[1..]);
}

pub fn main() void {
    var window = [_]u8{ 1, 2, 3, 4 };
    dropFirst(&window);
    std.debug.print("{any}\n", .{window});
}
