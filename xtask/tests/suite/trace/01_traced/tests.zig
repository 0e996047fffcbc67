const std = @import("std");

test "allocates and frees" {
    const block = try std.testing.allocator.alloc(u8, 2);
    defer std.testing.allocator.free(block);
    block[0] = 1;
    try std.testing.expectEqual(1, block[0]);
}

test "leaks" {
    const block = try std.testing.allocator.alloc(u16, 2);
    block[0] = 1;
}
