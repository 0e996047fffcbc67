//@ compile-error: cast discards const qualifier
//@ title: A state that is a `const`
const std = @import("std");

pub fn main() !void {
    var buffer: [8]u8 = undefined;
    const fba: std.heap.FixedBufferAllocator = .init(&buffer);
    const row = try fba.allocator().alloc(u8, 3);
    @memset(row, 0);
}
