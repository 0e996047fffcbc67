//@ run
//@ title: Two bytes, and room for one
const std = @import("std");

pub fn main() !void {
    var buffer: [4]u8 = undefined;
    var fba: std.heap.FixedBufferAllocator = .init(&buffer);
    const gpa = fba.allocator();

    _ = try gpa.alloc(u8, 3);
    if (gpa.alloc(u8, 2)) |_| {
        std.debug.print("two more\n", .{});
    } else |err| {
        std.debug.print("{t}: {d} taken\n", .{ err, fba.end_index });
    }
    const one = try gpa.alloc(u8, 1);
    std.debug.print("{d} more: {d} taken\n", .{ one.len, fba.end_index });
}
