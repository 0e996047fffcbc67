//@ test
//@ title: A number with a comma
const std = @import("std");
const testing = std.testing;

/// Reads a number and rounds it. The copy of the text is freed by nobody.
fn rounded(text: []const u8) !i32 {
    const copy = try std.heap.page_allocator.dupe(u8, text);
    std.mem.replaceScalar(u8, copy, ',', '.');
    return @round(try std.fmt.parseFloat(f32, copy)); // to the nearest i32
}

test "a comma is a point" {
    try testing.expectEqual(3, try rounded("2,9"));
}
