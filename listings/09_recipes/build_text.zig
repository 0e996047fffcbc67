//@ test
//@ title: Build a text piece by piece
const std = @import("std");
const Allocator = std.mem.Allocator;

// ANCHOR: recipe
/// The caller owns the result.
fn report(gpa: Allocator, losses: []const f32) ![]u8 {
    var text: std.Io.Writer.Allocating = .init(gpa);
    defer text.deinit(); // after toOwnedSlice there is nothing left in it
    for (losses, 1..) |loss, epoch| {
        try text.writer.print("{d}: {d:.2}\n", .{ epoch, loss });
    }
    return text.toOwnedSlice();
}

test "two lines" {
    const gpa = std.testing.allocator;
    const text = try report(gpa, &.{ 0.5, 0.25 });
    defer gpa.free(text);
    try std.testing.expectEqualStrings("1: 0.50\n2: 0.25\n", text);
}
// ANCHOR_END: recipe
