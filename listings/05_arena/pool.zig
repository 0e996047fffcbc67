//@ run
//@ title: Nodes from a pool
const std = @import("std");

const Node = struct { id: u32, next: ?*Node };

pub fn main(init: std.process.Init) !void {
    var pool: std.heap.MemoryPool(Node) = .empty;
    defer pool.deinit(init.gpa);

    const first = try pool.create(init.gpa);
    first.* = .{ .id = 1, .next = null };
    const second = try pool.create(init.gpa);
    second.* = .{ .id = 2, .next = first };

    pool.destroy(first);
    const third = try pool.create(init.gpa);
    third.* = .{ .id = 3, .next = null };
    std.debug.print("third has the place of first: {}\n", .{third == first});
    std.debug.print("second.next.id: {d}\n", .{second.next.?.id});
}
