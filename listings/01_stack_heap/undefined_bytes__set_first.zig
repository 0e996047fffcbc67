//@ run
//@ variant: What if every score gets a 0 before the first is set?
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const scores = try init.gpa.alloc(u8, 4);
    defer init.gpa.free(scores);
    @memset(scores, 0);
    scores[0] = 7;
    var counter: u32 = undefined;
    counter += 1;
    std.debug.print("scores {any}, counter {d}\n", .{ scores, counter });
}
