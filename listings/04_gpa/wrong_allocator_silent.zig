//@ run
//@ title: A block of `one`, given to `two`
const std = @import("std");

pub fn main() !void {
    var one: std.heap.SafeAllocator = .init(std.heap.page_allocator, .{});
    var two: std.heap.SafeAllocator = .init(std.heap.page_allocator, .{});

    const ids = try one.allocator().alloc(u8, 16);
    two.allocator().free(ids); // wrong: `one` owns it

    std.debug.print("one leaks {d}, two leaks {d}\n", .{ one.deinit(), two.deinit() });
}
