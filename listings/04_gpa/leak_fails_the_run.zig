//@ panic: the program leaked
//@ title: A program that looks at what `deinit` returns
//@ wasm: WebAssembly has no stack traces, so the report names no line
const std = @import("std");

pub fn main() !void {
    var safe: std.heap.SafeAllocator = .init(std.heap.page_allocator, .{});
    defer if (safe.deinit() != 0) @panic("the program leaked");

    const gpa = safe.allocator();
    const logits = try gpa.alloc(f32, 4);
    logits[0] = 0;
}
