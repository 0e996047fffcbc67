//@ test
//@ title: Scratch memory for each request
const std = @import("std");
const Allocator = std.mem.Allocator;

// ANCHOR: recipe
fn answer(scratch: Allocator, question: []const u8) !usize {
    const upper = try std.ascii.allocUpperString(scratch, question); // nobody frees it
    const both = try std.mem.concat(scratch, u8, &.{ question, upper });
    return both.len;
}

test "as many requests as you like" {
    var arena: std.heap.ArenaAllocator = .init(std.testing.allocator);
    defer arena.deinit();
    for (0..1000) |_| {
        defer _ = arena.reset(.retain_capacity); // the next request starts empty
        try std.testing.expectEqual(8, try answer(arena.allocator(), "what"));
    }
}
// ANCHOR_END: recipe
