//@ run
//@ title: A thousand pieces
//@ wasm: the notes that the arena keeps in each of its blocks are smaller here
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    var counting: std.testing.FailingAllocator = .init(init.gpa, .{ .resize_fail_index = 0 });
    var arena: std.heap.ArenaAllocator = .init(counting.allocator());
    defer arena.deinit();

    for (0..1000) |_| _ = try arena.allocator().alloc(u8, 16);
    std.debug.print("1000 pieces of 16 bytes: {d} requests\n", .{counting.allocations});
    std.debug.print("{d} bytes\n", .{counting.allocated_bytes});
}
