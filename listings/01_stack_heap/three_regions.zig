//@ run
//@ title: One program, three regions of memory
//@ same-output
//@ trace
const std = @import("std");

var runs: u32 = 0; // static: exists for the whole program

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;
    runs += 1;

    var pair = [_]u32{ 10, 20 }; // stack: exists until main returns
    pair[1] += runs;

    const block = try gpa.alloc(u32, 2); // heap: exists until it is freed
    defer gpa.free(block);
    block[0] = 30;
    block[1] = pair[1];

    std.debug.print("runs {d}, pair {d} {d}, block {d} {d}\n", .{
        runs, pair[0], pair[1], block[0], block[1],
    });
}
