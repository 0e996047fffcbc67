//@ run
//@ title: Two names for one block
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;
    const scores = try gpa.alloc(u8, 4);
    @memset(scores, 7);
    const alias = scores;
    gpa.free(scores);
    std.debug.print("{any}\n", .{alias});
}
