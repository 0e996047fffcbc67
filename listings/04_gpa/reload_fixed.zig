//@ run
//@ title: Loading twice, in another order
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;

    var weights = try gpa.alloc(f32, 3);
    defer gpa.free(weights); // frees what `weights` holds when main ends
    @memset(weights, 1);

    const new = try gpa.alloc(f32, 5); // load again: first get the new block,
    gpa.free(weights); // then free the old one,
    weights = new; // then give it the name
    @memset(weights, 2);

    std.debug.print("serving {any}\n", .{weights});
}
