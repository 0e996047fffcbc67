//@ run
//@ mode: fast
//@ title: What `init.gpa` is, in a fast build
//@ wasm: smp_allocator needs threads, which WebAssembly builds do not have
const std = @import("std");

pub fn main(init: std.process.Init) void {
    const is_smp = init.gpa.vtable == std.heap.smp_allocator.vtable;

    std.debug.print("smp_allocator: {}\n", .{is_smp});
}
