//@ test
//@ title: One buffer for all turns of a loop
const std = @import("std");

// ANCHOR: recipe
test "the list is emptied, its block stays" {
    const gpa = std.testing.allocator;
    var line: std.ArrayList(u8) = .empty; // outside the loop
    defer line.deinit(gpa);

    for ([_]u32{ 100, 20, 3 }) |id| {
        line.clearRetainingCapacity();
        try line.print(gpa, "request {d}", .{id});
        // Use line.items here, and keep no slice of it for later.
    }
    try std.testing.expectEqualStrings("request 3", line.items);
}
// ANCHOR_END: recipe
