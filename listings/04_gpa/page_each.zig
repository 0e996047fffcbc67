//@ run
//@ title: One byte at a time from `page_allocator`
//@ wasm: WebAssembly's page_allocator is another one, which packs small blocks
const std = @import("std");

pub fn main() !void {
    const gpa = std.heap.page_allocator;
    const a = try gpa.alloc(u8, 1);
    defer gpa.free(a);
    const b = try gpa.alloc(u8, 1);
    defer gpa.free(b);

    const low = @min(@intFromPtr(a.ptr), @intFromPtr(b.ptr));
    const high = @max(@intFromPtr(a.ptr), @intFromPtr(b.ptr));
    std.debug.print("a page or more apart: {}\n", .{high - low >= std.heap.pageSize()});
}
