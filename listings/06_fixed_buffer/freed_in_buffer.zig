//@ run
//@ title: A block that is freed and read
const std = @import("std");

pub fn main() !void {
    var buffer: [8]u8 = undefined;
    var fba: std.heap.FixedBufferAllocator = .init(&buffer);
    const gpa = fba.allocator();

    const a = try gpa.alloc(u8, 2);
    const b = try gpa.alloc(u8, 2);
    @memset(a, 1);
    @memset(b, 2);
    gpa.free(a); // not the last
    std.debug.print("{d} taken, a[0] is {d}\n", .{ fba.end_index, a[0] });
}
