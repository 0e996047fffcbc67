//@ run
//@ title: The place of a freed block
//@ wasm: smp_allocator needs threads, which WebAssembly builds do not have
const std = @import("std");

fn sameSpot(gpa: std.mem.Allocator) !bool {
    const a = try gpa.alloc(u8, 32);
    gpa.free(a);
    const b = try gpa.alloc(u8, 32);
    defer gpa.free(b);
    return a.ptr == b.ptr;
}

pub fn main(init: std.process.Init) !void {
    std.debug.print("SafeAllocator: {}\n", .{try sameSpot(init.gpa)});
    std.debug.print("smp_allocator: {}\n", .{try sameSpot(std.heap.smp_allocator)});
}
