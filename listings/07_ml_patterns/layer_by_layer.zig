//@ run
//@ title: One inference, four ways to find its buffers

const std = @import("std");
const Counting = @import("counting.zig").Counting;
const Allocator = std.mem.Allocator;

fn keepAll(gpa: Allocator, sizes: []const usize) !void {
    var arena: std.heap.ArenaAllocator = .init(gpa);
    defer arena.deinit();
    var asked: Counting = .{ .child = arena.allocator() };
    for (sizes) |size| _ = try asked.allocator().alloc(f32, size);
    report("each layer keeps its buffer", asked);
}

fn freeTheLast(gpa: Allocator, sizes: []const usize) !void {
    var asked: Counting = .{ .child = gpa };
    var x = try asked.allocator().alloc(f32, sizes[0]);
    defer asked.allocator().free(x);
    for (sizes[1..]) |size| {
        const y = try asked.allocator().alloc(f32, size);
        asked.allocator().free(x);
        x = y;
    }
    report("allocate and free, layer by layer", asked);
}

fn twoBuffers(gpa: Allocator, sizes: []const usize) !void {
    var lens = [2]usize{ 0, 0 };
    for (sizes, 0..) |size, i| lens[i % 2] = @max(lens[i % 2], size);
    var asked: Counting = .{ .child = gpa };
    const ping = try asked.allocator().alloc(f32, lens[0]);
    defer asked.allocator().free(ping);
    const pong = try asked.allocator().alloc(f32, lens[1]);
    defer asked.allocator().free(pong);
    report("two planned buffers", asked);
}

fn oneBlock(gpa: Allocator, sizes: []const usize) !void {
    var pair: usize = 0; // the largest sum of two neighbors
    for (sizes[0 .. sizes.len - 1], sizes[1..]) |in, out| pair = @max(pair, in + out);
    var asked: Counting = .{ .child = gpa };
    const block = try asked.allocator().alloc(f32, pair);
    defer asked.allocator().free(block);
    // Odd layers lie at the end of the block, even ones at its beginning.
    report("one block for the largest pair", asked);
}

fn report(way: []const u8, asked: Counting) void {
    std.debug.print("  {s}: {d} calls, {d} bytes at most\n", .{ way, asked.allocations, asked.peak });
}

pub fn main(init: std.process.Init) !void {
    for ([_][]const usize{ &.{ 64, 32, 32, 32, 10 }, &.{ 100, 1, 1, 100 } }) |sizes| {
        std.debug.print("{any}\n", .{sizes});
        try keepAll(init.gpa, sizes);
        try freeTheLast(init.gpa, sizes);
        try twoBuffers(init.gpa, sizes);
        try oneBlock(init.gpa, sizes);
    }
}
