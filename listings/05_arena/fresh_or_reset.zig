//@ run
//@ title: A hundred turns, in two ways
const std = @import("std");

fn handle(arena: std.mem.Allocator) !void {
    for (0..3) |_| _ = try arena.alloc(u8, 100);
}

pub fn main(init: std.process.Init) !void {
    var below: std.testing.FailingAllocator = .init(init.gpa, .{ .resize_fail_index = 0 });
    for (0..100) |_| {
        var arena: std.heap.ArenaAllocator = .init(below.allocator());
        defer arena.deinit();
        try handle(arena.allocator());
    }
    std.debug.print("100 arenas: asked {d} times\n", .{below.allocations});

    below = .init(init.gpa, .{ .resize_fail_index = 0 });
    var arena: std.heap.ArenaAllocator = .init(below.allocator());
    defer arena.deinit();
    for (0..100) |_| {
        try handle(arena.allocator());
        _ = arena.reset(.retain_capacity);
    }
    std.debug.print("100 resets: asked {d} times\n", .{below.allocations});
}
