//@ run
//@ title: Two lines with `defer`
const std = @import("std");

pub fn main() !void {
    var buffer: [6]u8 = undefined;
    var fba: std.heap.FixedBufferAllocator = .init(&buffer);
    const gpa = fba.allocator();

    {
        const a = try gpa.alloc(u8, 3);
        defer gpa.free(a);
        const b = try gpa.alloc(u8, 2);
        defer gpa.free(b);
        std.debug.print("inside: {d} taken\n", .{fba.end_index});
    }
    std.debug.print("after the block: {d} taken\n", .{fba.end_index});
}
