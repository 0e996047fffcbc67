//@ run
//@ variant: What if `b` is freed before `a`?
//@ trace
const std = @import("std");

pub fn main() !void {
    var buffer: [6]u8 = undefined;
    var fba: std.heap.FixedBufferAllocator = .init(&buffer);
    const gpa = fba.allocator();

    const a = try gpa.alloc(u8, 3);
    const b = try gpa.alloc(u8, 2);
    gpa.free(b);
    std.debug.print("after free(b): {d} taken\n", .{fba.end_index});
    gpa.free(a);
    std.debug.print("after free(a): {d} taken\n", .{fba.end_index});
}
