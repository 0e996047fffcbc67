//@ run
//@ title: A text that ends with 0
//@ same-output
const std = @import("std");

pub fn main() void {
    const name: [:0]const u8 = "conv1";
    std.debug.print("len {d}, byte after the end {d}\n", .{ name.len, name[name.len] });

    const for_c: [*:0]const u8 = name.ptr; // what a C function takes
    const counted = std.mem.span(for_c); // walks to the 0, then knows the length
    std.debug.print("counted {d}: {s}\n", .{ counted.len, counted });
}
