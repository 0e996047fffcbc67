//@ run
//@ title: Who can grow?
const std = @import("std");

pub fn main() !void {
    var buffer: [16]u8 = undefined;
    var fba: std.heap.FixedBufferAllocator = .init(&buffer);
    const gpa = fba.allocator();

    var a = try gpa.alloc(u8, 2);
    var b = try gpa.alloc(u8, 2);
    a = try gpa.realloc(a, 3);
    b = try gpa.realloc(b, 3);
    std.debug.print("{d}\n", .{fba.end_index});
}
