//@ panic: mismatches allocation
//@ title: Two of four items given back
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;

    const tokens = try gpa.alloc(u8, 8);
    @memset(tokens, 0);
    const used = tokens[0..5];
    gpa.free(used);
}
