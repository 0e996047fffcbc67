//@ run
//@ title: Copy the literal, then change the copy
const std = @import("std");

pub fn main() void {
    var label = "cat".*;
    label[0] = 'b';
    std.debug.print("{s}: {s}, {d} bytes\n", .{ label, @typeName(@TypeOf(label)), @sizeOf(@TypeOf(label)) });
}
