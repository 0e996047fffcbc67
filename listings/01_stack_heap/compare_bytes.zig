//@ run
//@ title: Compare the bytes, or the place
const std = @import("std");

pub fn main() void {
    const word = [_]u8{ 'r', 'e', 'l', 'u' };
    var copy = word; // the same bytes in a second place
    const first: []const u8 = &word;
    const second: []const u8 = &copy;
    std.debug.print("same bytes: {}\n", .{std.mem.eql(u8, first, second)});
    std.debug.print("same place: {}\n", .{first.ptr == second.ptr});
    copy[0] = 'R';
    std.debug.print("same bytes: {}\n", .{std.mem.eql(u8, first, second)});
}
