//@ run
//@ title: A static buffer
const std = @import("std");

var storage: [8]u8 = undefined;
var fba: std.heap.FixedBufferAllocator = .init(&storage);

/// The row is in static memory. Nobody has to free it.
fn newRow(value: u8) ![]u8 {
    const row = try fba.allocator().alloc(u8, 3);
    @memset(row, value);
    return row;
}

pub fn main() !void {
    const ones = try newRow(1);
    const twos = try newRow(2);
    std.debug.print("{d} {d}, {d} bytes taken\n", .{ ones[0], twos[0], fba.end_index });
}
