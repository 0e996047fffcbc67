//@ run
//@ title: A tree that is freed node by node
//@ same-output
const std = @import("std");

const Node = struct {
    left: ?*Node = null,
    right: ?*Node = null,

    /// The caller owns the tree and frees it with `destroy`.
    fn grow(gpa: std.mem.Allocator, depth: usize) !*Node {
        const node = try gpa.create(Node);
        node.* = .{};
        errdefer node.destroy(gpa);
        if (depth > 1) {
            node.left = try grow(gpa, depth - 1);
            node.right = try grow(gpa, depth - 1);
        }
        return node;
    }

    fn destroy(node: *Node, gpa: std.mem.Allocator) void {
        if (node.left) |left| left.destroy(gpa);
        if (node.right) |right| right.destroy(gpa);
        gpa.destroy(node); // last: the two lines above read from it
    }
};

pub fn main(init: std.process.Init) !void {
    // Told never to fail, a FailingAllocator only counts.
    var counting: std.testing.FailingAllocator = .init(init.gpa, .{});

    const tree: *Node = try .grow(counting.allocator(), 3);
    std.debug.print("nodes: {d}\n", .{counting.allocations});
    tree.destroy(counting.allocator());
    std.debug.print("freed: {d}\n", .{counting.deallocations});
}
