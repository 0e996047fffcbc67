//@ run
//@ title: The same work with four allocators, in a Debug build
//@ wasm: smp_allocator needs threads, which WebAssembly builds do not have
const std = @import("std");

/// The fastest of ten rounds: the one that was disturbed least.
fn nanoseconds(io: std.Io, gpa: std.mem.Allocator) !i96 {
    var fastest: i96 = std.math.maxInt(i96);
    for (0..10) |_| {
        const start = std.Io.Timestamp.now(io, .awake);
        for (0..1000) |_| {
            const block = try gpa.alloc(u8, 16);
            gpa.free(block);
        }
        fastest = @min(fastest, start.untilNow(io, .awake).nanoseconds);
    }
    return fastest;
}

pub fn main(init: std.process.Init) !void {
    const page = std.heap.page_allocator;
    var noting: std.heap.SafeAllocator = .init(page, .{ .stack_trace_frames = 7 });
    defer _ = noting.deinit();
    var silent: std.heap.SafeAllocator = .init(page, .{ .stack_trace_frames = 0 });
    defer _ = silent.deinit();

    const with_frames = try nanoseconds(init.io, noting.allocator());
    const without = try nanoseconds(init.io, silent.allocator());
    const pages = try nanoseconds(init.io, page);
    const smp = try nanoseconds(init.io, std.heap.smp_allocator);

    std.debug.print("more than twice the time of smp_allocator:\n", .{});
    std.debug.print("  SafeAllocator, 7 frames: {}\n", .{with_frames > 2 * smp});
    std.debug.print("  SafeAllocator, no frames: {}\n", .{without > 2 * smp});
    std.debug.print("  page_allocator: {}\n", .{pages > 2 * smp});
    std.debug.print("recording frames more than doubles it: {}\n", .{with_frames > 2 * without});
}
