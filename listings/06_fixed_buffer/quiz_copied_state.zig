//@ run
//@ title: Two states, one buffer
const std = @import("std");

pub fn main() !void {
    var buffer: [8]u8 = undefined;
    var fba: std.heap.FixedBufferAllocator = .init(&buffer);
    var copy = fba;

    const a = try fba.allocator().alloc(u8, 3);
    const b = try copy.allocator().alloc(u8, 3);
    @memset(a, 1);
    @memset(b, 2);
    std.debug.print("{d} {d} {d}\n", .{ a[0], fba.end_index, copy.end_index });
}
