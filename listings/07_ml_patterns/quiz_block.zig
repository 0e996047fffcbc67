//@ run
//@ title: Three tensors and one block

const std = @import("std");

pub fn main() void {
    var block: [44]u8 align(4) = undefined;
    var fba: std.heap.FixedBufferAllocator = .init(&block);
    for ([_]usize{ 3, 5, 4 }, 0..) |len, i| {
        if (fba.allocator().alloc(f32, len)) |tensor| {
            std.debug.print("{d}: {d} numbers\n", .{ i, tensor.len });
        } else |err| {
            std.debug.print("{d}: {t}, {d} bytes used\n", .{ i, err, fba.end_index });
        }
    }
}
