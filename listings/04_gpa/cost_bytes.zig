//@ run
//@ title: 1,000 blocks of 16 bytes inside a `SafeAllocator`
//@ wasm: addresses are half as long here, so each block's notes are smaller
const std = @import("std");

fn cost(frames: usize) !void {
    // Counts what the SafeAllocator takes from the system; nothing fails here.
    var system: std.testing.FailingAllocator = .init(std.heap.page_allocator, .{});
    var safe: std.heap.SafeAllocator = .init(system.allocator(), .{
        .stack_trace_frames = frames,
        // As on a PC; said here, so that all machines agree.
        .bucket_size_log2 = 13, // buckets of 8 KiB
        .block_size_log2 = 12, // tables of 4 KiB
    });
    const gpa = safe.allocator();

    var blocks: [1000][]u8 = undefined;
    for (&blocks) |*block| block.* = try gpa.alloc(u8, 16);
    std.debug.print("{d} frames: 16000 bytes take {d}", .{ frames, system.allocated_bytes });

    for (blocks, 0..) |block, i| if (i % 10 != 0) gpa.free(block); // keep every tenth
    std.debug.print(", given back after 900 frees: {d}\n", .{system.freed_bytes});

    for (blocks, 0..) |block, i| if (i % 10 == 0) gpa.free(block);
    std.debug.assert(safe.deinit() == 0);
}

pub fn main() !void {
    try cost(7); // what a Debug build records
    try cost(0); // what a safe build records
}
