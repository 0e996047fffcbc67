//@ run
//@ title: The same work with four allocators, in a Debug build
//@ wasm: smp_allocator needs threads, which WebAssembly builds do not have
const std = @import("std");

fn nanoseconds(io: std.Io, gpa: std.mem.Allocator) !i96 {
    const start = std.Io.Timestamp.now(io, .awake);
    for (0..200) |_| {
        const block = try gpa.alloc(u8, 16);
        gpa.free(block);
    }
    return start.untilNow(io, .awake).nanoseconds;
}

pub fn main(init: std.process.Init) !void {
    const page = std.heap.page_allocator;
    var noting: std.heap.SafeAllocator = .init(page, .{ .stack_trace_frames = 7 });
    defer _ = noting.deinit();
    var silent: std.heap.SafeAllocator = .init(page, .{ .stack_trace_frames = 0 });
    defer _ = silent.deinit();

    const allocators = [_]std.mem.Allocator{
        noting.allocator(), silent.allocator(), page, std.heap.smp_allocator,
    };
    // Each in turn, 40 times; of each the fastest round counts: the one that was disturbed least.
    var fastest: [allocators.len]i96 = @splat(std.math.maxInt(i96));
    for (0..40) |_| {
        for (allocators, &fastest) |gpa, *best| best.* = @min(best.*, try nanoseconds(init.io, gpa));
    }
    const with_frames, const without, const pages, const smp = fastest;

    std.debug.print("more than twice the time of smp_allocator:\n", .{});
    std.debug.print("  SafeAllocator, 7 frames: {}\n", .{with_frames > 2 * smp});
    std.debug.print("  SafeAllocator, no frames: {}\n", .{without > 2 * smp});
    std.debug.print("  page_allocator: {}\n", .{pages > 2 * smp});
    std.debug.print("recording frames more than doubles it: {}\n", .{with_frames > 2 * without});
}
