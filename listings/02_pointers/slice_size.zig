//@ run
//@ title: Sizes in words
//@ same-output
const std = @import("std");

pub fn main() void {
    const word = @sizeOf(usize); // an address fills one word
    std.debug.print("*u8       {d}\n", .{@sizeOf(*u8) / word});
    std.debug.print("*[1000]u8 {d}\n", .{@sizeOf(*[1000]u8) / word});
    std.debug.print("[*]u8     {d}\n", .{@sizeOf([*]u8) / word});
    std.debug.print("[]u8      {d}\n", .{@sizeOf([]u8) / word});
}
