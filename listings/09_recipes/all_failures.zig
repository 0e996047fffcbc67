//@ test
//@ title: Nothing leaks when memory runs out
const std = @import("std");
const Allocator = std.mem.Allocator;

// ANCHOR: recipe
fn pair(gpa: Allocator) !void {
    const a = try gpa.alloc(u8, 10);
    defer gpa.free(a);
    const b = try gpa.alloc(u8, 20);
    defer gpa.free(b);
}

test "each allocation fails once" {
    try std.testing.checkAllAllocationFailures(std.testing.allocator, pair, .{});
}
// ANCHOR_END: recipe
