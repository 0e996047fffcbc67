//@ test-failure: leaked
//@ title: A word in capitals
const std = @import("std");

/// The caller owns the result.
fn shout(gpa: std.mem.Allocator, word: []const u8) ![]u8 {
    const upper = try std.ascii.allocUpperString(gpa, word);
    return std.mem.concat(gpa, u8, &.{ upper, "!" });
}

test "shout" {
    const text = try shout(std.testing.allocator, "stop");
    defer std.testing.allocator.free(text);
    try std.testing.expectEqualStrings("STOP!", text);
}
