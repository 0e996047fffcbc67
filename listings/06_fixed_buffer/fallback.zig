//@ run
//@ title: A small request and a large one
//@ same-output
//@ trace
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    var buffer: [4]u8 = undefined;
    var both: std.heap.BufferFirstAllocator = .init(&buffer, init.gpa);
    const gpa = both.allocator();

    const small = try gpa.dupe(u8, "ok");
    defer gpa.free(small);
    const large = try gpa.dupe(u8, "too long");
    defer gpa.free(large);

    std.debug.print("small in the buffer: {}\nlarge in the buffer: {}\n", .{
        both.fixed_buffer_allocator.ownsSlice(small),
        both.fixed_buffer_allocator.ownsSlice(large),
    });
}
