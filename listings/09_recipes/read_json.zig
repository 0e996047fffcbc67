//@ test
//@ title: Read JSON
const std = @import("std");

// ANCHOR: recipe
const Config = struct { model: []const u8, layers: []const u32 };

test "a document, and one deinit" {
    const gpa = std.testing.allocator;
    const text =
        \\{ "model": "small", "layers": [64, 10] }
    ;
    const config = try std.json.parseFromSlice(Config, gpa, text, .{ .allocate = .alloc_always });
    defer config.deinit(); // an arena with all of it

    try std.testing.expectEqualStrings("small", config.value.model);
    try std.testing.expectEqual(10, config.value.layers[1]);
}
// ANCHOR_END: recipe
