//@ panic: sentinel mismatch: expected 0, found 45
//@ title: A promise about the next byte
const std = @import("std");

fn firstPart(text: []const u8, n: usize) [:0]const u8 {
    return text[0..n :0]; // promises a 0 at text[n]
}

pub fn main() void {
    const text: []const u8 = "conv1-bias\x00";
    std.debug.print("{s}\n", .{firstPart(text, 10)});
    std.debug.print("{s}\n", .{firstPart(text, 5)});
}
