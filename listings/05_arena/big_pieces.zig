//@ run
//@ title: Three large pieces
//@ wasm: the notes that the arena keeps in each of its blocks are smaller here
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    var below: std.testing.FailingAllocator = .init(init.gpa, .{ .resize_fail_index = 0 });
    var arena: std.heap.ArenaAllocator = .init(below.allocator());
    defer arena.deinit();

    for (1..4) |n| {
        _ = try arena.allocator().alloc(f32, 10_000);
        std.debug.print("asked for {d}, took {d}\n", .{ n * 40_000, below.allocated_bytes });
    }
}
