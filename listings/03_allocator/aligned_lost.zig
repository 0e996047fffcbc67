//@ panic: mismatches allocation
//@ title: An aligned block in a plain slice
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;

    const row: []f32 = try gpa.alignedAlloc(f32, .@"64", 8);
    @memset(row, 0);
    gpa.free(row);
}
