//! Pieces at the beginning of what they are cut from, and what they hold when they have been given back.
const std = @import("std");

const Node = struct { value: u16, to: *u16 };

pub fn main(init: std.process.Init) !void {
    const buffer = try init.gpa.alignedAlloc(u8, .@"2", 16);
    var fixed: std.heap.FixedBufferAllocator = .init(buffer);
    const piece = try fixed.allocator().alloc(u16, 3);
    const first = &piece[0];
    piece[0] = 7;
    fixed.allocator().free(piece);
    init.gpa.free(buffer);
    var arena: std.heap.ArenaAllocator = .init(init.gpa);
    const kept = try arena.allocator().create(u16);
    kept.* = 9;
    const node = try arena.allocator().create(Node);
    node.* = .{ .value = 5, .to = kept };
    defer arena.deinit();
    _ = arena.reset(.retain_capacity);
    std.debug.print("{*}{*}{*}{*}{*}\n", .{ buffer, piece, first, kept, node });
}
