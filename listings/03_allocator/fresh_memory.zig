//@ run
//@ title: Four bytes that nobody wrote
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;

    const bytes = try gpa.alloc(u8, 4);
    defer gpa.free(bytes);
    std.debug.print("fresh  {x}\n", .{bytes});

    @memset(bytes, 0);
    std.debug.print("memset {x}\n", .{bytes});

    @memcpy(bytes, "abcd");
    std.debug.print("memcpy {s}\n", .{bytes});
}
