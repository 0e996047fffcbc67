//@ test
//@ title: Hand a text to C
const std = @import("std");

// ANCHOR: recipe
/// What a C library would declare: the text ends at its zero.
fn cLength(text: [*:0]const u8) usize {
    return std.mem.len(text);
}

test "a copy with a zero behind it" {
    const gpa = std.testing.allocator;
    const line = "cat,dog";
    const name = try gpa.dupeSentinel(u8, line[0..3], 0); // [:0]u8
    defer gpa.free(name); // the slice with its zero, as it was given
    try std.testing.expectEqual(3, cLength(name));
    const back: []const u8 = std.mem.span(@as([*:0]const u8, name)); // a view of C's text
    try std.testing.expectEqualStrings("cat", back);
}
// ANCHOR_END: recipe
