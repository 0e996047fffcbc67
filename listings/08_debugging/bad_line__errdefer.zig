//@ test
//@ variant: What if `errdefer` stands behind the first line of `parse`?
//@ trace
const std = @import("std");
const testing = std.testing;

/// Reads numbers with one space between them. The caller owns the result.
fn parse(gpa: std.mem.Allocator, line: []const u8) ![]f32 {
    const numbers = try gpa.alloc(f32, std.mem.countScalar(u8, line, ' ') + 1);
    errdefer gpa.free(numbers);
    var words = std.mem.splitScalar(u8, line, ' ');
    for (numbers) |*number| number.* = try std.fmt.parseFloat(f32, words.next().?);
    return numbers;
}

test "numbers" {
    const numbers = try parse(testing.allocator, "0.5 2");
    defer testing.allocator.free(numbers);
    try testing.expectEqualSlices(f32, &.{ 0.5, 2 }, numbers);
}

test "not a number" {
    try testing.expectError(error.InvalidCharacter, parse(testing.allocator, "0.5 cat"));
}
