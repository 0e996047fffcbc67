//@ run
//@ title: Three ways to reset
const std = @import("std");

fn fill(arena: *std.heap.ArenaAllocator) !usize {
    for (0..10) |_| _ = try arena.allocator().alloc(u8, 100);
    return arena.queryCapacity(); // how many bytes the arena holds
}

pub fn main(init: std.process.Init) !void {
    var arena: std.heap.ArenaAllocator = .init(init.gpa);
    defer arena.deinit();

    const full = try fill(&arena);
    var ok = arena.reset(.retain_capacity);
    std.debug.print("{} holds all of it: {}\n", .{ ok, arena.queryCapacity() == full });

    _ = try fill(&arena);
    ok = arena.reset(.{ .retain_with_limit = 512 });
    std.debug.print("{} holds {d}\n", .{ ok, arena.queryCapacity() });

    _ = try fill(&arena);
    ok = arena.reset(.free_all);
    std.debug.print("{} holds {d}\n", .{ ok, arena.queryCapacity() });

    _ = try fill(&arena); // still in working order
}
