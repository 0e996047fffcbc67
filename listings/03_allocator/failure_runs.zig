//@ run
//@ title: How often does checkAllAllocationFailures call the function?
const std = @import("std");

var calls: usize = 0;

fn threeBlocks(gpa: std.mem.Allocator) !void {
    calls += 1;
    for (0..3) |_| {
        const block = try gpa.create(u32);
        gpa.destroy(block);
    }
}

pub fn main(init: std.process.Init) !void {
    try std.testing.checkAllAllocationFailures(init.gpa, threeBlocks, .{});
    std.debug.print("{d}\n", .{calls});
}
