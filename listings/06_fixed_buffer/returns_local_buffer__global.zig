//@ run
//@ variant: What if the buffer is a global variable?
//@ trace
const std = @import("std");

var buffer: [3]u8 = undefined;

fn newRow(value: u8) ![]u8 {
    var fba: std.heap.FixedBufferAllocator = .init(&buffer);
    const row = try fba.allocator().alloc(u8, 3);
    @memset(row, value);
    return row;
}

pub fn main() !void {
    const ones = try newRow(1);
    const twos = try newRow(2);
    std.debug.print("same memory: {}\n", .{ones.ptr == twos.ptr});
}
