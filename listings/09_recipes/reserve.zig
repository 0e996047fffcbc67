//@ test
//@ title: Make room first, then fill
const std = @import("std");

// ANCHOR: recipe
test "one request, and pointers that hold" {
    const gpa = std.testing.allocator;
    var list: std.ArrayList(u32) = .empty;
    defer list.deinit(gpa);

    try list.ensureTotalCapacityPrecise(gpa, 100);
    list.appendAssumeCapacity(7);
    const first = &list.items[0];
    for (1..100) |i| list.appendAssumeCapacity(@intCast(i)); // cannot fail, moves nothing
    try std.testing.expectEqual(first, &list.items[0]);
}
// ANCHOR_END: recipe
