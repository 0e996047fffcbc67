//@ run
//@ title: Three numbers in a buffer
const std = @import("std");

pub fn main() !void {
    var buffer: [32]u8 align(4) = undefined;
    var fba: std.heap.FixedBufferAllocator = .init(&buffer);
    const gpa = fba.allocator();

    _ = try gpa.create(u8);
    _ = try gpa.create(u32);
    _ = try gpa.create(u16);
    std.debug.print("{d}\n", .{fba.end_index});
}
