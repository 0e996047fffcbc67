//@ run
//@ title: What is reported?
const std = @import("std");

pub fn main() !void {
    var buffer: [4]u8 = undefined;
    var fba: std.heap.FixedBufferAllocator = .init(&buffer);
    const row = try fba.allocator().alloc(u8, 3);
    @memset(row, 7);
    std.debug.print("{d}\n", .{row[0]});
}
