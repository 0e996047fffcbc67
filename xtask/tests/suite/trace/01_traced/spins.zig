//! One statement that takes too long.
const std = @import("std");

var large: [8 << 20]u8 = @splat(0);

pub fn main() void {
    _ = std.mem.count(u8, &large, "x");
}
