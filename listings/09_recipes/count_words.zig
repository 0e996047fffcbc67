//@ test
//@ title: Count with a map
const std = @import("std");

// ANCHOR: recipe
test "how often is each word there?" {
    const gpa = std.testing.allocator;
    const text = "a rose is a rose"; // must live as long as the map
    var counts: std.StringHashMapUnmanaged(u32) = .empty;
    defer counts.deinit(gpa);

    var words = std.mem.tokenizeScalar(u8, text, ' ');
    while (words.next()) |word| {
        const entry = try counts.getOrPutValue(gpa, word, 0);
        entry.value_ptr.* += 1;
    }
    try std.testing.expectEqual(2, counts.get("rose"));
}
// ANCHOR_END: recipe
