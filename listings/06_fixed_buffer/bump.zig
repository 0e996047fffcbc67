//@ run
//@ title: Two requests to a buffer
//@ same-output
//@ trace
const std = @import("std");

pub fn main() !void {
    var buffer: [8]u8 = undefined;
    var fba: std.heap.FixedBufferAllocator = .init(&buffer);
    const gpa = fba.allocator();

    const ids = try gpa.alloc(u8, 3);
    @memset(ids, 7);
    const scores = try gpa.alloc(u8, 2);
    @memset(scores, 9);
    std.debug.print("{d} of {d} bytes taken\n", .{ fba.end_index, buffer.len });
}
