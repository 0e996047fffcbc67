//@ test
//@ title: A limit for one function
const std = @import("std");
const Allocator = std.mem.Allocator;

// ANCHOR: recipe
/// The caller owns the result.
fn repeat(gpa: Allocator, word: []const u8, times: usize) ![]u8 {
    const text = try gpa.alloc(u8, word.len * times);
    for (0..times) |i| @memcpy(text[i * word.len ..][0..word.len], word);
    return text;
}

test "at most 64 bytes" {
    var room: [64]u8 = undefined;
    var limited: std.heap.FixedBufferAllocator = .init(&room);
    try std.testing.expectEqual(30, (try repeat(limited.allocator(), "abc", 10)).len);
    limited.reset();
    try std.testing.expectError(error.OutOfMemory, repeat(limited.allocator(), "abc", 100));
}
// ANCHOR_END: recipe
