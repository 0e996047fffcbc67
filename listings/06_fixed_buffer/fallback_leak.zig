//@ leak
//@ title: A short text and a long one
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    var buffer: [4]u8 = undefined;
    var both: std.heap.BufferFirstAllocator = .init(&buffer, init.gpa);
    const gpa = both.allocator();

    const small = try gpa.dupe(u8, "ok");
    const large = try gpa.dupe(u8, "too long");
    std.debug.print("{s}, {s}\n", .{ small, large });
}
