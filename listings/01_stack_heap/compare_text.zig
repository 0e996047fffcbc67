//@ compile-error: cannot compare strings with ==
//@ title: Ask which activation it is
const std = @import("std");

fn isRelu(name: []const u8) bool {
    return name == "relu";
}

pub fn main() void {
    std.debug.print("{}\n", .{isRelu("relu")});
}
