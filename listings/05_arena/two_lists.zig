//@ run
//@ title: Two lists that grow side by side
const std = @import("std");

fn fill(arena: std.mem.Allocator) !void {
    var xs: std.ArrayList(u32) = .empty;
    var ys: std.ArrayList(u32) = .empty;
    for (0..10_000) |_| {
        try xs.append(arena, 1);
        try ys.append(arena, 2);
    }
}

pub fn main(init: std.process.Init) !void {
    var arena: std.heap.ArenaAllocator = .init(init.gpa);
    defer arena.deinit();

    try fill(arena.allocator());
    const needed = 2 * 10_000 * @sizeOf(u32);
    std.debug.print("needed: {d} bytes\n", .{needed});
    std.debug.print("held: more than twice as much: {}\n", .{arena.queryCapacity() > 2 * needed});
}
