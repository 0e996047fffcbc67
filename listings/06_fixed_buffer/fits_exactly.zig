//@ test
//@ title: A promise about memory, as a test
const std = @import("std");

fn ranks(gpa: std.mem.Allocator, samples: []const u8) ![]u8 {
    const result = try gpa.alloc(u8, samples.len);
    errdefer gpa.free(result);
    const order = try gpa.dupe(u8, samples); // scratch
    defer gpa.free(order);

    std.mem.sortUnstable(u8, order, {}, std.sort.asc(u8));
    for (result, samples) |*rank, sample| {
        rank.* = @intCast(std.mem.findScalar(u8, order, sample).?);
    }
    return result;
}

// ANCHOR: test
test "ranks needs two bytes for each sample, and leaves one" {
    var buffer: [6]u8 = undefined;
    var fba: std.heap.FixedBufferAllocator = .init(&buffer);
    _ = try ranks(fba.allocator(), &.{ 30, 10, 20 });
    try std.testing.expectEqual(3, fba.end_index);

    var small: std.heap.FixedBufferAllocator = .init(buffer[0..5]);
    const failed = ranks(small.allocator(), &.{ 30, 10, 20 });
    try std.testing.expectError(error.OutOfMemory, failed);
    try std.testing.expectEqual(0, small.end_index);
}
// ANCHOR_END: test
