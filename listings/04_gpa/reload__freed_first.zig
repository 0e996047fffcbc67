//@ run
//@ variant: What if the first block is freed before the second `alloc`?
//@ trace
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;

    var weights = try gpa.alloc(f32, 3);
    @memset(weights, 1);

    gpa.free(weights);
    weights = try gpa.alloc(f32, 5); // load again
    @memset(weights, 2);

    std.debug.print("serving {any}\n", .{weights});
    gpa.free(weights);
}
