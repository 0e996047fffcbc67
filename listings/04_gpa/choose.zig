//@ run
//@ title: The same choice, made by hand
const std = @import("std");
const builtin = @import("builtin");

const checked = switch (builtin.mode) {
    .debug, .safe => true,
    .fast, .small => false,
};
var safe: std.heap.SafeAllocator = .init(std.heap.page_allocator, .{});

pub fn main() !void {
    const gpa = if (checked) safe.allocator() else std.heap.smp_allocator;
    defer if (checked) {
        if (safe.deinit() != 0) @panic("the program leaked");
    };

    const logits = try gpa.alloc(f32, 4);
    defer gpa.free(logits);
    std.debug.print("checked: {}\n", .{checked});
}
