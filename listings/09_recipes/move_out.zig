//@ test
//@ title: Take a list away from its owner
const std = @import("std");

// ANCHOR: recipe
fn take(list: *std.ArrayList(u32)) std.ArrayList(u32) {
    defer list.* = .empty; // after the copy: the old place owns nothing
    return list.*;
}

test "one block, and one owner at a time" {
    const gpa = std.testing.allocator;
    var batch: std.ArrayList(u32) = .empty;
    defer batch.deinit(gpa);
    try batch.append(gpa, 7);
    var taken = take(&batch);
    defer taken.deinit(gpa);
    try std.testing.expectEqual(0, batch.items.len);
    try std.testing.expectEqual(7, taken.items[0]);
}
// ANCHOR_END: recipe
