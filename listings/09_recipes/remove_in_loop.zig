//@ test
//@ title: Remove items while you loop
const std = @import("std");

// ANCHOR: recipe
fn dropNegative(list: *std.ArrayList(i32)) void {
    var i = list.items.len;
    while (i > 0) { // from the end: what moves has been looked at
        i -= 1;
        if (list.items[i] < 0) _ = list.swapRemove(i); // orderedRemove keeps the order
    }
}

test "three of five stay" {
    const gpa = std.testing.allocator;
    var list: std.ArrayList(i32) = .empty;
    defer list.deinit(gpa);
    try list.appendSlice(gpa, &.{ -1, 2, -3, 4, 5 });
    dropNegative(&list);
    try std.testing.expectEqual(3, list.items.len);
}
// ANCHOR_END: recipe
