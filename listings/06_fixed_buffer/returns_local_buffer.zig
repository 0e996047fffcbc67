//@ run
//@ wasm: the build for the page is optimized, and gives each call a place of its own
//@ trace
//@ title: A row from a local buffer
const std = @import("std");

fn newRow(value: u8) ![]u8 {
    var buffer: [3]u8 = undefined;
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
