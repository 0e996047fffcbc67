//@ panic: reached unreachable code
//@ title: A block from elsewhere
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    var buffer: [8]u8 = undefined;
    var fba: std.heap.FixedBufferAllocator = .init(&buffer);

    const row = try init.gpa.alloc(u8, 3);
    fba.allocator().free(row);
}
