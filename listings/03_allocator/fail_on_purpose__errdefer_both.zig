//@ test
//@ variant: What if `doubled` has an `errdefer` in place of the `defer`?
const std = @import("std");
const testing = std.testing;

/// Returns `a` followed by `b`, both doubled. The caller owns the slice.
fn doubled(gpa: std.mem.Allocator, a: []const u8, b: []const u8) ![]u8 {
    const both = try std.mem.concat(gpa, u8, &.{ a, b });
    errdefer gpa.free(both);
    return std.mem.concat(gpa, u8, &.{ both, both });
}

test "the second allocation fails" {
    var failing: testing.FailingAllocator = .init(testing.allocator, .{ .fail_index = 1 });

    try testing.expectError(error.OutOfMemory, doubled(failing.allocator(), "ab", "c"));
    try testing.expectEqual(1, failing.allocations);
    try testing.expectEqual(1, failing.deallocations);
    try testing.expectEqual(failing.allocated_bytes, failing.freed_bytes);
}

test "every allocation fails" {
    try testing.expectError(error.OutOfMemory, doubled(testing.failing_allocator, "ab", "c"));
}
