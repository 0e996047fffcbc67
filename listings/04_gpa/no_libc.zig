//@ compile-error: C allocator is only available when linking against libc
//@ title: `c_allocator` without the C library
const std = @import("std");

pub fn main() !void {
    const gpa = std.heap.c_allocator;
    const logits = try gpa.alloc(f32, 4);
    defer gpa.free(logits);
}
