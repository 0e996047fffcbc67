//@ run
//@ variant: What if the child may let a block grow where it is?
const std = @import("std");

const Node = struct {
    left: ?*Node = null,
    right: ?*Node = null,

    /// The tree lives as long as `arena`. Nobody frees a node.
    fn grow(arena: std.mem.Allocator, depth: usize) !*Node {
        const node = try arena.create(Node);
        node.* = .{};
        if (depth > 1) {
            node.left = try grow(arena, depth - 1);
            node.right = try grow(arena, depth - 1);
        }
        return node;
    }
};

pub fn main(init: std.process.Init) !void {
    // It counts.
    var counting: std.testing.FailingAllocator = .init(init.gpa, .{});
    var arena: std.heap.ArenaAllocator = .init(counting.allocator());

    _ = try Node.grow(arena.allocator(), 3);
    std.debug.print("asked for memory: {d} times\n", .{counting.allocations});
    arena.deinit();
    std.debug.print("gave it back: {d} times\n", .{counting.deallocations});
}
