//@ run
//@ title: A reset when memory has run out
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    var below: std.testing.FailingAllocator = .init(init.gpa, .{ .resize_fail_index = 0 });
    var arena: std.heap.ArenaAllocator = .init(below.allocator());
    defer arena.deinit();
    const a = arena.allocator();

    for (0..10) |_| _ = try a.alloc(u8, 100); // several blocks, each larger than the last
    const full = arena.queryCapacity();
    below.fail_index = below.alloc_index; // from now on there is no more memory

    const ok = arena.reset(.retain_capacity);
    std.debug.print("{} holds less than before: {}\n", .{ ok, arena.queryCapacity() < full });
    const name = try a.dupe(u8, "relu"); // still in working order
    std.debug.print("{s}\n", .{name});
}
