//@ run
//@ title: A program that ends with `std.process.exit`
const std = @import("std");

pub fn main() !void {
    var safe: std.heap.SafeAllocator = .init(std.heap.page_allocator, .{});
    defer std.debug.print("leaks: {d}\n", .{safe.deinit()});

    const logits = try safe.allocator().alloc(f32, 4);
    logits[0] = 0;
    std.debug.print("done\n", .{});
    std.process.exit(0);
}
