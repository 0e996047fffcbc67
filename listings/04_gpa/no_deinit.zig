//@ run
//@ title: A `SafeAllocator` without `deinit`
const std = @import("std");

pub fn main() !void {
    var safe: std.heap.SafeAllocator = .init(std.heap.page_allocator, .{});
    const gpa = safe.allocator();

    const logits = try gpa.alloc(f32, 4);
    logits[0] = 0;
    std.debug.print("all fine?\n", .{});
}
