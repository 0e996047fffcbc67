//@ panic: free of invalid memory
//@ title: Two allocators, one `free`
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    var buffer: [64]u8 = undefined;
    var fixed: std.heap.FixedBufferAllocator = .init(&buffer);

    const name = try fixed.allocator().alloc(u8, 8);
    @memset(name, 'x');
    init.gpa.free(name);
}
