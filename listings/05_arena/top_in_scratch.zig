//@ test-failure: TestExpectedEqual
//@ title: The best scores, with one allocator
const std = @import("std");

fn top(scratch: std.mem.Allocator, scores: []const u8, k: usize) ![]u8 {
    const sorted = try scratch.dupe(u8, scores);
    std.mem.sort(u8, sorted, {}, std.sort.desc(u8));
    return sorted[0..k]; // a view of the scratch
}

test "the best of two batches" {
    var arena: std.heap.ArenaAllocator = .init(std.testing.allocator);
    defer arena.deinit();

    var best: [2][]u8 = undefined;
    for (&best, [_][3]u8{ .{ 10, 70, 20 }, .{ 5, 4, 6 } }) |*b, scores| {
        b.* = try top(arena.allocator(), &scores, 1);
        _ = arena.reset(.retain_capacity);
    }
    try std.testing.expectEqual(6, best[1][0]);
    try std.testing.expectEqual(70, best[0][0]);
}
