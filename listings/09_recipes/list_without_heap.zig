//@ test
//@ title: A list without a heap
const std = @import("std");

// ANCHOR: recipe
test "full is an error" {
    var room: [3]u32 = undefined;
    var list: std.ArrayList(u32) = .initBuffer(&room); // nothing to free
    for (0..3) |i| try list.appendBounded(@intCast(i));
    try std.testing.expectError(error.OutOfMemory, list.appendBounded(3));
    try std.testing.expectEqual(2, list.pop());
}
// ANCHOR_END: recipe
