//@ test
//@ title: A label that frees what it does not return
const std = @import("std");

/// Returns `name` in lower case, in brackets. The caller owns the slice.
fn label(gpa: std.mem.Allocator, name: []const u8) ![]u8 {
    const lower = try std.ascii.allocLowerString(gpa, name);
    defer gpa.free(lower);
    return std.mem.concat(gpa, u8, &.{ "[", lower, "]" });
}

test "with an arena" {
    var arena: std.heap.ArenaAllocator = .init(std.testing.allocator);
    defer arena.deinit();
    try std.testing.expectEqualStrings("[cat]", try label(arena.allocator(), "CAT"));
}

test "with a general purpose allocator" {
    const text = try label(std.testing.allocator, "CAT");
    defer std.testing.allocator.free(text);
    try std.testing.expectEqualStrings("[cat]", text);
}
