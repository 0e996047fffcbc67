//@ test
//@ title: Copy a result out of an arena
const std = @import("std");
const Allocator = std.mem.Allocator;

// ANCHOR: recipe
/// The caller owns the result.
fn longest(gpa: Allocator, text: []const u8) ![]u8 {
    var arena: std.heap.ArenaAllocator = .init(gpa);
    defer arena.deinit(); // everything below goes, but for the copy
    const scratch = arena.allocator();

    var best: []const u8 = "";
    var words = std.mem.tokenizeScalar(u8, try std.ascii.allocLowerString(scratch, text), ' ');
    while (words.next()) |word| {
        if (word.len > best.len) best = word;
    }
    return gpa.dupe(u8, best);
}
// ANCHOR_END: recipe

test "the result outlives the arena" {
    const gpa = std.testing.allocator;
    const word = try longest(gpa, "A ROSE IS");
    defer gpa.free(word);
    try std.testing.expectEqualStrings("rose", word);
}
