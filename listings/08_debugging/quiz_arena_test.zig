//@ test
//@ title: A test that gives the function an arena
const std = @import("std");
const testing = std.testing;

fn longest(gpa: std.mem.Allocator, words: []const []const u8) !usize {
    var most: usize = 0;
    for (words) |word| {
        const copy = try gpa.dupe(u8, word); // freed by nobody
        most = @max(most, std.mem.trim(u8, copy, " ").len);
    }
    return most;
}

test "the longest word" {
    var arena: std.heap.ArenaAllocator = .init(testing.allocator);
    defer arena.deinit();
    try testing.expectEqual(4, try longest(arena.allocator(), &.{ "cat", " bird " }));
}
