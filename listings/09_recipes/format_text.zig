//@ test
//@ title: Format a text
const std = @import("std");

// ANCHOR: recipe
test "in a block, or in a buffer" {
    const gpa = std.testing.allocator;
    const path = try gpa.print("run-{d:0>3}.txt", .{7}); // a block: free it
    defer gpa.free(path);
    try std.testing.expectEqualStrings("run-007.txt", path);

    var buffer: [16]u8 = undefined;
    const short = try std.mem.print(&buffer, "loss {d:.1}", .{0.25}); // a part of the buffer
    try std.testing.expectEqualStrings("loss 0.3", short);
    try std.testing.expectError(error.NoSpaceLeft, std.mem.print(&buffer, "{d:0>20}", .{7}));
}
// ANCHOR_END: recipe
