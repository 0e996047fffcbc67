//@ run
//@ variant: What if the buffer has four bytes?
//@ trace
const std = @import("std");

pub fn main() !void {
    var buffer: [4]u8 = undefined;
    var fba: std.heap.FixedBufferAllocator = .init(&buffer);
    const gpa = fba.allocator();

    const ids = try gpa.alloc(u8, 3);
    @memset(ids, 7);
    const scores = gpa.alloc(u8, 2) catch |err| {
        std.debug.print("{t}: {d} bytes taken\n", .{ err, fba.end_index });
        return;
    };
    @memset(scores, 9);
    std.debug.print("{d} of {d} bytes taken\n", .{ fba.end_index, buffer.len });
}
