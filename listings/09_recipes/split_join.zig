//@ test
//@ title: Split a text, and join the parts
const std = @import("std");

// ANCHOR: recipe
test "parts are views, the joined text is a block" {
    const gpa = std.testing.allocator;
    var columns: std.ArrayList([]const u8) = .empty;
    defer columns.deinit(gpa); // the list only: its items look into the line

    var parts = std.mem.splitScalar(u8, "id,name,score", ',');
    while (parts.next()) |part| try columns.append(gpa, part);
    std.mem.reverse([]const u8, columns.items);

    const line = try std.mem.join(gpa, " | ", columns.items);
    defer gpa.free(line);
    try std.testing.expectEqualStrings("score | name | id", line);
}
// ANCHOR_END: recipe
