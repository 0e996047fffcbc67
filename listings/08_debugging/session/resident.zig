//! What the system says of this process (Linux): asks for many small blocks, writes to them, frees them all.
const std = @import("std");

/// Resident memory in MB, as `top` shows it.
fn resident(io: std.Io) !u64 {
    var buffer: [128]u8 = undefined;
    const text = try std.Io.Dir.cwd().readFile(io, "/proc/self/statm", &buffer);
    var fields = std.mem.tokenizeScalar(u8, text, ' ');
    _ = fields.next();
    const pages = try std.fmt.parseInt(u64, fields.next().?, 10);
    return (pages * std.heap.pageSize() + 500_000) / 1_000_000;
}

/// Rounded to tens, because the last megabytes differ from run to run.
fn tens(megabytes: u64) u64 {
    return (megabytes + 5) / 10 * 10;
}

fn measure(io: std.Io, name: []const u8, gpa: std.mem.Allocator, count: usize, len: usize) !void {
    const blocks = try std.heap.page_allocator.alloc([]u8, count);
    defer std.heap.page_allocator.free(blocks);
    for (blocks) |*block| block.* = &.{}; // the list itself is resident before we measure
    const before = try resident(io);
    for (blocks) |*block| {
        block.* = try gpa.alloc(u8, len);
        @memset(block.*, 1);
    }
    const full = try resident(io);
    for (blocks) |block| gpa.free(block);
    const after = try resident(io);
    std.debug.print("{s}: {d} blocks of {d} bytes, grew by {d} MB, freed, gave back {d} MB\n", .{
        name, count, len, tens(full - before), tens(full -| after),
    });
}

pub fn main(init: std.process.Init) !void {
    try measure(init.io, "smp_allocator", std.heap.smp_allocator, 1_600_000, 64);
    try measure(init.io, "smp_allocator", std.heap.smp_allocator, 25, 4 << 20);
    var safe: std.heap.SafeAllocator = .init(std.heap.page_allocator, .{ .stack_trace_frames = 0 });
    try measure(init.io, "SafeAllocator", safe.allocator(), 1_600_000, 64);
}
