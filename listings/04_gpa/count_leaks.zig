//@ leak
//@ title: A `SafeAllocator` of your own
//@ wasm: WebAssembly has no stack traces, so the report names no line
const std = @import("std");

pub fn main() !void {
    var safe: std.heap.SafeAllocator = .init(std.heap.page_allocator, .{});
    const gpa = safe.allocator();

    const logits = try gpa.alloc(f32, 4);
    const step = try gpa.create(u64);
    const name = try gpa.dupe(u8, "bert");
    logits[0] = 0;
    step.* = 1;
    gpa.free(name);

    const leaks = safe.deinit(); // a number
    std.debug.print("leaks: {d}\n", .{leaks});
}
