//@ compile-error: reached unreachable code
//@ title: `create`, then `free`
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const count = try init.gpa.create(u32);
    count.* = 3;
    init.gpa.free(count);
}
