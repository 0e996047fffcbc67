//@ run
//@ title: An arena that nobody deinitializes
const std = @import("std");

pub fn main() !void {
    var safe: std.heap.SafeAllocator = .init(std.heap.page_allocator, .{});
    var arena: std.heap.ArenaAllocator = .init(safe.allocator());
    const scratch = arena.allocator();

    for (0..3) |_| _ = try scratch.alloc(u8, 10);
    std.debug.print("{d}\n", .{safe.deinitLog(false)}); // false: count, print no report
}
