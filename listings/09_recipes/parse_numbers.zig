//@ test
//@ title: Read numbers from a text
const std = @import("std");
const Allocator = std.mem.Allocator;

// ANCHOR: recipe
/// The caller owns the result.
fn numbers(gpa: Allocator, text: []const u8) ![]f32 {
    var list: std.ArrayList(f32) = .empty;
    errdefer list.deinit(gpa); // a word that is no number is an error
    var words = std.mem.tokenizeAny(u8, text, " \n");
    while (words.next()) |word| try list.append(gpa, try std.fmt.parseFloat(f32, word));
    return list.toOwnedSlice(gpa);
}

test "numbers, and something else" {
    const gpa = std.testing.allocator;
    const xs = try numbers(gpa, "1.5 2\n3");
    defer gpa.free(xs);
    try std.testing.expectEqualSlices(f32, &.{ 1.5, 2, 3 }, xs);
    try std.testing.expectError(error.InvalidCharacter, numbers(gpa, "1.5 two"));
}
// ANCHOR_END: recipe
