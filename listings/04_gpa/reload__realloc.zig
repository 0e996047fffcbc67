//@ run
//@ variant: What if `realloc` takes the place of the second `alloc`?
//@ trace
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;

    var weights = try gpa.alloc(f32, 3);
    @memset(weights, 1);

    weights = try gpa.realloc(weights, 5);
    @memset(weights, 2);

    std.debug.print("serving {any}\n", .{weights});
    gpa.free(weights);
}
