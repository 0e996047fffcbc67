//@ test
//@ title: Small on the stack, large on the heap
const std = @import("std");

// ANCHOR: recipe
test "the heap is asked only when the buffer is full" {
    var counting: std.testing.FailingAllocator = .init(std.testing.allocator, .{});
    var buffer: [256]u8 = undefined;
    var first: std.heap.BufferFirstAllocator = .init(&buffer, counting.allocator());
    const gpa = first.allocator();

    const small = try gpa.alloc(u8, 100); // from the buffer
    defer gpa.free(small);
    const large = try gpa.alloc(u8, 1000); // from the heap
    defer gpa.free(large);
    try std.testing.expectEqual(1, counting.allocations);
}
// ANCHOR_END: recipe
