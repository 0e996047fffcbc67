//@ run
//@ title: Four bytes and a counter
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const scores = try init.gpa.alloc(u8, 4);
    defer init.gpa.free(scores);
    scores[0] = 7;
    var counter: u32 = undefined;
    counter += 1;
    std.debug.print("scores {any}, counter {d}\n", .{ scores, counter });
}
