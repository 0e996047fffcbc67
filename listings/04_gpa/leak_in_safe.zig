//@ leak
//@ mode: safe
//@ title: Four numbers in a safe build
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const logits = try init.gpa.alloc(f32, 4);
    logits[0] = 0;
    std.debug.print("done\n", .{});
}
