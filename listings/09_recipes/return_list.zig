//@ test
//@ title: Return a list
const std = @import("std");
const Allocator = std.mem.Allocator;

// ANCHOR: recipe
/// The caller owns the result.
fn evens(gpa: Allocator, numbers: []const u32) ![]u32 {
    var list: std.ArrayList(u32) = .empty;
    errdefer list.deinit(gpa);
    for (numbers) |n| {
        if (n % 2 == 0) try list.append(gpa, n);
    }
    return list.toOwnedSlice(gpa);
}

test "the even numbers" {
    const gpa = std.testing.allocator;
    const list = try evens(gpa, &.{ 1, 2, 3, 4 });
    defer gpa.free(list);
    try std.testing.expectEqualSlices(u32, &.{ 2, 4 }, list);
}
// ANCHOR_END: recipe
