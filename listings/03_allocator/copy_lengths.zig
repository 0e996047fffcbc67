//@ panic: source and destination arguments have non-equal lengths
//@ title: Five bytes into four
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;

    const word = "hello";
    const room = try gpa.alloc(u8, word.len - 1);
    defer gpa.free(room);

    @memcpy(room, word);
    std.debug.print("{s}\n", .{room});
}
