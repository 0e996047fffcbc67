//@ run
//@ same-output
//@ title: A result that may be missing, and two ways to look at it
const std = @import("std");

fn find(words: []const u8, letter: u8) ?usize {
    for (words, 0..) |c, i| {
        if (c == letter) return i;
    }
    return null;
}

pub fn main() void {
    if (find("tensor", 's')) |i| {
        std.debug.print("s is at {d}\n", .{i}); // here `i` is a plain usize
    } else {
        std.debug.print("no s\n", .{});
    }

    const z = find("tensor", 'z') orelse 99; // a value to use in place of null
    std.debug.print("z is at {d}\n", .{z});
}
