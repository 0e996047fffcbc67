//@ leak
//@ title: The word count again, with more frames
//@ wasm: WebAssembly has no stack traces, so the report names no line
const std = @import("std");

pub fn main() !void {
    var safe: std.heap.SafeAllocator = .init(std.heap.page_allocator, .{ .stack_trace_frames = 16 });
    defer _ = safe.deinit();
    const gpa = safe.allocator();

    var counts: std.StringHashMapUnmanaged(u32) = .empty;
    const entry = try counts.getOrPutValue(gpa, "cat", 0);
    entry.value_ptr.* += 1;
    std.debug.print("{d}\n", .{counts.get("cat").?});
}
