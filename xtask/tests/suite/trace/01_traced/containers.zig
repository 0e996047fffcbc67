//! Containers: an ArrayList that grows and leaves a pointer behind, a linked list, a tree, slices of slices, a
//! hash map.
const std = @import("std");

const Item = struct { value: u32, next: ?*Item };
const Tree = struct { key: u8, left: ?*Tree = null, right: ?*Tree = null };

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;

    var list: std.ArrayList(u64) = .empty;
    defer list.deinit(gpa);
    try list.append(gpa, 1);
    const first = &list.items[0];
    const wall = try gpa.create(u8); // the list cannot grow where it is
    defer gpa.destroy(wall);
    while (list.items.len < 40) try list.append(gpa, 2);
    std.debug.print("len {d}\n", .{list.items.len});
    _ = first;

    const tail = try gpa.create(Item);
    defer gpa.destroy(tail);
    tail.* = .{ .value = 2, .next = null };
    const head = try gpa.create(Item);
    defer gpa.destroy(head);
    head.* = .{ .value = 1, .next = tail };

    var leaf: Tree = .{ .key = 'b' };
    var root: Tree = .{ .key = 'a', .left = &leaf };
    root.right = &root;

    const rows = try gpa.alloc([]u8, 2);
    defer gpa.free(rows);
    for (rows) |*row| row.* = try gpa.alloc(u8, 3);
    defer for (rows) |row| gpa.free(row);
    for (rows, 0..) |row, i| @memset(row, @intCast(i));

    var map: std.StringHashMapUnmanaged(u32) = .empty;
    defer map.deinit(gpa);
    try map.put(gpa, "one", 1);
    std.debug.print("{d} {d}\n", .{ map.count(), root.key });
}
