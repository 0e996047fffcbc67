//@ run
//@ variant: What if `second` has only one byte, and the last line looks at `first[1]`?
//@ trace
const std = @import("std");

pub fn main() !void {
    var buffer: [4]u8 = undefined;
    var fba: std.heap.FixedBufferAllocator = .init(&buffer);
    const gpa = fba.allocator();

    const first = try gpa.alloc(u8, 2);
    @memset(first, 1);
    fba.reset();
    const second = try gpa.alloc(u8, 1);
    @memset(second, 2);
    std.debug.print("first[1] is {d}\n", .{first[1]});
}
