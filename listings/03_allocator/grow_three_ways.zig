//@ run
//@ title: Three ways to ask for more
const std = @import("std");

pub fn main() !void {
    var buffer: [32]u8 = undefined;
    var fixed: std.heap.FixedBufferAllocator = .init(&buffer);
    const gpa = fixed.allocator();

    var first = try gpa.alloc(u8, 4);
    var last = try gpa.alloc(u8, 4); // sits right behind `first`
    std.debug.print("first: resize {}, remap {}\n", .{
        gpa.resize(first, 6),
        gpa.remap(first, 6) != null,
    });

    if (gpa.resize(last, 6)) last.len = 6;
    std.debug.print("last: len {d}\n", .{last.len});

    const before = first.ptr;
    first = try gpa.realloc(first, 6);
    std.debug.print("realloc: len {d}, moved {}\n", .{ first.len, first.ptr != before });
}
