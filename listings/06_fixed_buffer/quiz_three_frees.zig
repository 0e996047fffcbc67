//@ run
//@ title: How much is taken?
const std = @import("std");

pub fn main() !void {
    var buffer: [8]u8 = undefined;
    var fba: std.heap.FixedBufferAllocator = .init(&buffer);
    const gpa = fba.allocator();

    const a = try gpa.alloc(u8, 2);
    const b = try gpa.alloc(u8, 2);
    const c = try gpa.alloc(u8, 2);
    gpa.free(c);
    gpa.free(a);
    gpa.free(b);
    std.debug.print("{d}\n", .{fba.end_index});
}
