//@ run
//@ title: What `init.gpa` is, in a Debug build
const std = @import("std");

pub fn main(init: std.process.Init) void {
    var safe: std.heap.SafeAllocator = .init(std.heap.page_allocator, .{});
    const is_safe = init.gpa.vtable == safe.allocator().vtable; // the same functions?

    std.debug.print("SafeAllocator: {}\n", .{is_safe});
}
