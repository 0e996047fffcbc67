//@ run
//@ title: A function that cleans up after itself
const std = @import("std");

fn zeros(gpa: std.mem.Allocator) ![]u8 {
    const block = try gpa.alloc(u8, 3);
    defer gpa.free(block);
    @memset(block, 0);
    return block;
}

pub fn main(init: std.process.Init) !void {
    const block = try zeros(init.gpa);
    std.debug.print("{any}\n", .{block});
}
