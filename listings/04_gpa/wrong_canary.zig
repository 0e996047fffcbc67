//@ panic: foreign allocation from canary 0x1
//@ title: A block of `one`, given to `two`, each with its own canary
//@ wasm: WebAssembly has no stack traces, so the report names no line
const std = @import("std");

pub fn main() !void {
    var one: std.heap.SafeAllocator = .init(std.heap.page_allocator, .{ .canary = 1 });
    var two: std.heap.SafeAllocator = .init(std.heap.page_allocator, .{ .canary = 2 });

    const ids = try one.allocator().alloc(u8, 16);
    two.allocator().free(ids); // wrong: `one` owns it
}
