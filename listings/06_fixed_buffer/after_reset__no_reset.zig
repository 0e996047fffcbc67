//@ run
//@ variant: What if nobody resets the buffer?
//@ trace
const std = @import("std");

pub fn main() !void {
    var buffer: [4]u8 = undefined;
    var fba: std.heap.FixedBufferAllocator = .init(&buffer);
    const gpa = fba.allocator();

    const first = try gpa.alloc(u8, 2);
    @memset(first, 1);
    const second = try gpa.alloc(u8, 2);
    @memset(second, 2);
    std.debug.print("first[0] is {d}\n", .{first[0]});
}
