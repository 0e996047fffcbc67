//@ test
//@ title: A tree in one arena
const std = @import("std");
const Allocator = std.mem.Allocator;

// ANCHOR: recipe
const Node = struct { value: u32, left: ?*Node = null, right: ?*Node = null };

fn insert(arena: Allocator, place: *?*Node, value: u32) !void {
    const node = place.* orelse {
        place.* = try arena.create(Node);
        place.*.?.* = .{ .value = value };
        return;
    };
    return insert(arena, if (value < node.value) &node.left else &node.right, value);
}

test "nobody frees a node" {
    var arena: std.heap.ArenaAllocator = .init(std.testing.allocator);
    defer arena.deinit();
    var root: ?*Node = null;
    for ([_]u32{ 5, 2, 8 }) |value| try insert(arena.allocator(), &root, value);
    try std.testing.expectEqual(2, root.?.left.?.value);
}
// ANCHOR_END: recipe
