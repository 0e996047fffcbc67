//@ run
//@ title: What the question "is there one?" costs
//@ same-output
const std = @import("std");

pub fn main() void {
    std.debug.print("pointer: {d} bytes more\n", .{@sizeOf(?*u32) - @sizeOf(*u32)});
    std.debug.print("number: {d} bytes more\n", .{@sizeOf(?u32) - @sizeOf(u32)});
}
