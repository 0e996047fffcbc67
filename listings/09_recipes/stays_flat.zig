//@ test
//@ title: Does it grow with every request?
const std = @import("std");
const Allocator = std.mem.Allocator;

// ANCHOR: recipe
fn serve(gpa: Allocator, cache: *std.ArrayList(u32), id: u32) !void {
    cache.clearRetainingCapacity(); // without this line the test fails
    for (0..10) |i| try cache.append(gpa, id + @as(u32, @intCast(i)));
}

test "no more memory after 200 requests than after 100" {
    var counting: std.testing.FailingAllocator = .init(std.testing.allocator, .{});
    var cache: std.ArrayList(u32) = .empty;
    defer cache.deinit(counting.allocator());
    for (0..100) |id| try serve(counting.allocator(), &cache, @intCast(id));
    const held = counting.allocated_bytes - counting.freed_bytes;
    for (100..200) |id| try serve(counting.allocator(), &cache, @intCast(id));
    try std.testing.expectEqual(held, counting.allocated_bytes - counting.freed_bytes);
}
// ANCHOR_END: recipe
