//@ leak
//@ title: Three scores on the heap
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const scores = try init.gpa.alloc(u32, 3);
    @memset(scores, 7);
    std.debug.print("scores[0] = {d}\n", .{scores[0]});
}
