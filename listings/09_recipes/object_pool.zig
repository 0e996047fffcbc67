//@ test
//@ title: Objects of one type, made and freed all the time
const std = @import("std");

// ANCHOR: recipe
const Request = struct { id: u32 };

test "a freed place is used again" {
    const gpa = std.testing.allocator;
    var pool: std.heap.MemoryPool(Request) = .empty;
    defer pool.deinit(gpa); // all of them at once

    const first = try pool.create(gpa);
    first.* = .{ .id = 1 };
    pool.destroy(first); // its place waits for the next one
    const second = try pool.create(gpa);
    second.* = .{ .id = 2 };
    try std.testing.expectEqual(2, second.id);
}
// ANCHOR_END: recipe
