//@ run
//@ mode: safe
//@ title: The same write, in a safe build
const std = @import("std");

pub fn main() !void {
    var safe: std.heap.SafeAllocator = .init(std.heap.page_allocator, .{});
    const gpa = safe.allocator();
    const ids = try gpa.alloc(u8, 4);
    gpa.free(ids);
    std.debug.print("freed: {x}\n", .{ids});

    ids[0] = 99;
    std.debug.print("still running\n", .{});
    std.debug.print("leaks: {d}\n", .{safe.deinit()});
}
