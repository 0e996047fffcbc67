//@ test
//@ title: How much does a function ask for?
const std = @import("std");
const Allocator = std.mem.Allocator;

// ANCHOR: recipe
fn work(gpa: Allocator) !void {
    const all = try gpa.alloc(f32, 100);
    defer gpa.free(all);
    const some = try gpa.dupe(f32, all[0..10]);
    defer gpa.free(some);
}

test "440 bytes in two requests, and all of it comes back" {
    var counting: std.testing.FailingAllocator = .init(std.testing.allocator, .{});
    try work(counting.allocator());
    try std.testing.expectEqual(2, counting.allocations);
    try std.testing.expectEqual(440, counting.allocated_bytes);
    try std.testing.expectEqual(counting.allocated_bytes, counting.freed_bytes);
}
// ANCHOR_END: recipe
