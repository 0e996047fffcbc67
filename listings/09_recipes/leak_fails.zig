//@ run
//@ title: A leak fails the run
const std = @import("std");
const Allocator = std.mem.Allocator;

// ANCHOR: recipe
pub fn main() !u8 {
    var safe: std.heap.SafeAllocator = .init(std.heap.page_allocator, .{});
    const result = work(safe.allocator());
    if (safe.deinit() != 0) return 1; // how many blocks leaked
    try result;
    return 0;
}
// ANCHOR_END: recipe

fn work(gpa: Allocator) !void {
    const numbers = try gpa.alloc(f32, 4);
    defer gpa.free(numbers);
    @memset(numbers, 0.5);
    std.debug.print("{d} numbers\n", .{numbers.len});
}
