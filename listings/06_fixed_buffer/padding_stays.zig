//@ run
//@ title: One byte and four, freed backwards
const std = @import("std");

pub fn main() !void {
    var buffer: [16]u8 align(4) = undefined;
    var fba: std.heap.FixedBufferAllocator = .init(&buffer);
    const gpa = fba.allocator();

    {
        const flag = try gpa.create(u8);
        defer gpa.destroy(flag);
        const count = try gpa.create(u32);
        defer gpa.destroy(count);
    }
    std.debug.print("{d} taken\n", .{fba.end_index});
}
