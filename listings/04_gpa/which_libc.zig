//@ run
//@ mode: fast
//@ libc
//@ wasm: a page has no C library
//@ title: What `init.gpa` is, in a fast build with the C library
const std = @import("std");

pub fn main(init: std.process.Init) void {
    const is_c = init.gpa.vtable == std.heap.c_allocator.vtable;

    std.debug.print("c_allocator: {}\n", .{is_c});
}
