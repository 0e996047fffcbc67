//@ run
//@ title: One byte, then four
//@ same-output
const std = @import("std");

pub fn main() !void {
    var buffer: [16]u8 align(4) = undefined;
    var fba: std.heap.FixedBufferAllocator = .init(&buffer);
    const gpa = fba.allocator();

    const flag = try gpa.create(u8);
    flag.* = 1;
    const count = try gpa.create(u32);
    count.* = 1000;
    std.debug.print("{d} bytes wanted, {d} taken\n", .{
        @sizeOf(u8) + @sizeOf(u32), fba.end_index,
    });
}
