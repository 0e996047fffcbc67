//@ test-failure: OutOfMemory
//@ title: Ranks: the scratch memory first
const std = @import("std");

// ANCHOR: ranks
fn ranks(gpa: std.mem.Allocator, samples: []const u8) ![]u8 {
    const order = try gpa.dupe(u8, samples); // scratch
    defer gpa.free(order);
    const result = try gpa.alloc(u8, samples.len);
    errdefer gpa.free(result);
    // ANCHOR_END: ranks

    std.mem.sortUnstable(u8, order, {}, std.sort.asc(u8));
    for (result, samples) |*rank, sample| {
        rank.* = @intCast(std.mem.findScalar(u8, order, sample).?);
    }
    return result;
}

test "Nine bytes are enough for two windows of three" {
    var buffer: [9]u8 = undefined;
    var fba: std.heap.FixedBufferAllocator = .init(&buffer);

    _ = try ranks(fba.allocator(), &.{ 30, 10, 20 });
    std.debug.print("\nafter the first window: {d} taken\n", .{fba.end_index});
    _ = try ranks(fba.allocator(), &.{ 5, 7, 6 });
}
