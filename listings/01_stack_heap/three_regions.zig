//@ run
//@ title: One program, three regions of memory
//@ same-output
//@ trace
const std = @import("std");

var runs: u32 = 0; // static data

pub fn main(init: std.process.Init) !void {
    runs += 1;
    var pair = [_]u32{ 10, 20 }; // on the stack
    pair[1] += runs;
    const block = try init.gpa.alloc(u32, 2); // on the heap
    defer init.gpa.free(block);
    block[0] = 30;
    block[1] = pair[1];
    std.debug.print("runs {d}, pair {d}, block {d}\n", .{ runs, pair[1], block[1] });
}
