//@ run
//@ title: Nodes that point at each other
//@ trace
const std = @import("std");

const Node = struct { value: u8, next: *Node };

pub fn main(init: std.process.Init) !void {
    var arena: std.heap.ArenaAllocator = .init(init.gpa);
    defer arena.deinit();

    const one = try arena.allocator().create(Node);
    const two = try arena.allocator().create(Node);
    one.* = .{ .value = 1, .next = two };
    two.* = .{ .value = 2, .next = one };

    std.debug.print("{d} {d} {d}\n", .{ one.value, one.next.value, one.next.next.value });
}
