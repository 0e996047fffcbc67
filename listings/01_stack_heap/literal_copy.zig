//@ run
//@ title: Copy the literal, then change the copy
//@ same-output
const std = @import("std");

pub fn main() void {
    var label = "cat".*; // an array of three bytes on the stack
    label[0] = 'b';
    std.debug.print("{s}\n", .{label});
}
