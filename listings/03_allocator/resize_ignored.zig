//@ panic: mismatches allocation
//@ title: A block made shorter
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;

    var tokens = try gpa.alloc(u8, 8);
    @memset(tokens, 0);
    _ = gpa.resize(tokens, 5);
    tokens = tokens[0..5];
    gpa.free(tokens);
}
