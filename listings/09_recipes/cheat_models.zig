//@ test
//@ title: Tensors, bytes and measurements, tested
const std = @import("std");
const testing = std.testing;

test "rows and columns" {
    const gpa = testing.allocator;
    const rows, const cols = .{ 2, 3 };
    // ANCHOR: tensor
    const data = try gpa.alloc(f32, rows * cols); // one block, row after row
    defer gpa.free(data);
    @memset(data, 0);
    data[1 * cols + 2] = 5; // row 1, column 2
    const row = data[1 * cols ..][0..cols]; // a view of row 1
    // ANCHOR_END: tensor
    try testing.expectEqual(5, row[2]);
}

test "bytes" {
    // ANCHOR: bytes
    const numbers = [_]f32{ 1, 2 };
    const bytes = std.mem.sliceAsBytes(&numbers); // the same memory, as bytes
    const anywhere: []align(1) const f32 = std.mem.bytesAsSlice(f32, bytes); // no copy
    const promised: []const f32 = @alignCast(anywhere); // panics if it is not aligned
    const decoded: f32 = @bitCast(std.mem.readInt(u32, bytes[4..8], .little)); // one number
    // ANCHOR_END: bytes
    try testing.expectEqual(2, promised[1]);
    try testing.expectEqual(2, decoded);
}

test "formats" {
    // ANCHOR: formats
    const parameters: u64 = 7_000_000_000;
    const as_f32 = parameters * @sizeOf(f32); // 4 bytes each
    const as_f16 = parameters * @sizeOf(f16); // 2 bytes each
    const as_i8 = parameters * @sizeOf(i8); // 1 byte each, and the scales
    // ANCHOR_END: formats
    try testing.expectEqual(28_000_000_000, as_f32);
    try testing.expectEqual(14_000_000_000, as_f16);
    try testing.expectEqual(7_000_000_000, as_i8);
}

test "a plan" {
    const gpa = testing.allocator;
    // ANCHOR: plan
    const planned = (64 + 32) * @sizeOf(f32);
    const block = try gpa.alignedAlloc(u8, .of(f32), planned); // one request
    defer gpa.free(block);
    var fba: std.heap.FixedBufferAllocator = .init(block);
    _ = try fba.allocator().alloc(f32, 64);
    _ = try fba.allocator().alloc(f32, 32);
    try testing.expectEqual(planned, fba.end_index); // neither too small nor too large
    // ANCHOR_END: plan
}

fn work(gpa: std.mem.Allocator) !void {
    const xs = try gpa.alloc(u8, 100);
    defer gpa.free(xs);
}

test "count" {
    // ANCHOR: count
    var counting: testing.FailingAllocator = .init(testing.allocator, .{}); // never fails
    try work(counting.allocator());
    const in_use = counting.allocations - counting.deallocations; // blocks
    const bytes = counting.allocated_bytes - counting.freed_bytes;
    // ANCHOR_END: count
    try testing.expectEqual(0, in_use);
    try testing.expectEqual(0, bytes);
}
