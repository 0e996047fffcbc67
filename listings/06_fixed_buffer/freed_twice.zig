//@ run
//@ title: The same `free` twice
//@ trace
const std = @import("std");

pub fn main() !void {
    var buffer: [8]u8 = undefined;
    var fba: std.heap.FixedBufferAllocator = .init(&buffer);
    const gpa = fba.allocator();

    const a = try gpa.alloc(u8, 3);
    gpa.free(a);
    const b = try gpa.alloc(u8, 3);
    gpa.free(a); // again, and now these bytes are b's
    const c = try gpa.alloc(u8, 3);
    @memset(c, 9);
    std.debug.print("b[0] is {d}\n", .{b[0]});
}
