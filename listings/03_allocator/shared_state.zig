//@ run
//@ title: Is there room for the second six bytes?
const std = @import("std");

pub fn main() !void {
    var buffer: [8]u8 = undefined;
    var fixed: std.heap.FixedBufferAllocator = .init(&buffer);

    const first = fixed.allocator();
    const second = first; // a copy

    _ = try first.alloc(u8, 6);
    if (second.alloc(u8, 6)) |_| {
        std.debug.print("room\n", .{});
    } else |err| {
        std.debug.print("{t}\n", .{err});
    }
}
