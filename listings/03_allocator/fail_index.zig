//@ run
//@ title: How many blocks?
const std = @import("std");

pub fn main(init: std.process.Init) void {
    var failing: std.testing.FailingAllocator = .init(init.gpa, .{ .fail_index = 2 });
    const gpa = failing.allocator();

    var blocks: [5]*u32 = undefined;
    const n: usize = for (&blocks, 0..) |*block, i| {
        block.* = gpa.create(u32) catch break i;
    } else blocks.len;
    defer for (blocks[0..n]) |block| gpa.destroy(block);

    std.debug.print("{d} of {d}\n", .{ n, blocks.len });
}
