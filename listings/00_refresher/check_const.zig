//@ compile-error: cannot assign to constant
//@ title: Question 1
const std = @import("std");

fn next(step: u32) u32 {
    step += 1;
    return step;
}

pub fn main() void {
    std.debug.print("{d}\n", .{next(1)});
}
