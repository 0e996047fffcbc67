//@ leak
//@ title: A name and a text
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    var buffer: [6]u8 = undefined;
    var both: std.heap.BufferFirstAllocator = .init(&buffer, init.gpa);
    const gpa = both.allocator();

    const text = try gpa.dupe(u8, "a cat sat");
    const name = try gpa.dupe(u8, "cat");
    std.debug.print("{s}: {s}\n", .{ name, text });
}
