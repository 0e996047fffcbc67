//@ test
//@ title: Owners, arenas and buffers, tested
const std = @import("std");
const testing = std.testing;
const Allocator = std.mem.Allocator;

// ANCHOR: owner
const Tensor = struct {
    data: []f32,

    fn init(gpa: Allocator, n: usize) !Tensor {
        return .{ .data = try gpa.alloc(f32, n) };
    }

    fn deinit(self: *Tensor, gpa: Allocator) void {
        gpa.free(self.data);
        self.* = undefined; // shows a use after deinit
    }
};
// ANCHOR_END: owner

test "owner" {
    const gpa = testing.allocator;
    // ANCHOR: use_owner
    var t: Tensor = try .init(gpa, 4); // var: deinit writes to it
    defer t.deinit(gpa);
    // ANCHOR_END: use_owner
    // ANCHOR: replace
    const new = try gpa.alloc(f32, 8); // first the new block: it may fail
    gpa.free(t.data); // then the old one goes
    t.data = new; // an assignment never frees
    // ANCHOR_END: replace
}

test "an allocator that tells" {
    // ANCHOR: safe
    var safe: std.heap.SafeAllocator = .init(std.heap.page_allocator, .{});
    const gpa = safe.allocator();
    const block = try gpa.alloc(u8, 8);
    gpa.free(block);
    const leaks = safe.deinit(); // how many blocks were never freed
    // ANCHOR_END: safe
    try testing.expectEqual(0, leaks);
}

test "arena" {
    const gpa = testing.allocator;
    // ANCHOR: arena
    var arena: std.heap.ArenaAllocator = .init(gpa);
    defer arena.deinit(); // frees all pieces
    const a = arena.allocator(); // make it where the arena stays

    const piece = try a.alloc(f32, 8); // no free
    _ = arena.reset(.retain_capacity); // all pieces are gone, the memory stays
    // ANCHOR_END: arena
    try testing.expectEqual(8, piece.len);
    // ANCHOR: reset
    _ = arena.reset(.free_all); // give everything back
    _ = arena.reset(.{ .retain_with_limit = 64 * 1024 }); // keep at most this much
    const held = arena.queryCapacity(); // what it has from its child
    // ANCHOR_END: reset
    try testing.expect(held < 64 * 1024);
}

// ANCHOR: two_lifetimes
/// The caller owns the result.
fn loudest(result: Allocator, scratch: Allocator, name: []const u8) ![]u8 {
    const upper = try std.ascii.allocUpperString(scratch, name);
    return result.dupe(u8, upper); // copied out before scratch is reset
}
// ANCHOR_END: two_lifetimes

test "two lifetimes" {
    var scratch: std.heap.ArenaAllocator = .init(testing.allocator);
    defer scratch.deinit();
    const loud = try loudest(testing.allocator, scratch.allocator(), "cat");
    defer testing.allocator.free(loud);
    _ = scratch.reset(.free_all);
    try testing.expectEqualStrings("CAT", loud);
}

test "fixed buffer" {
    // ANCHOR: fixed
    var buffer: [100]u8 = undefined;
    var fba: std.heap.FixedBufferAllocator = .init(&buffer);
    const gpa = fba.allocator();

    const stays = try gpa.alloc(u8, 60); // first what stays,
    const scratch = try gpa.alloc(u8, 40); // then what goes
    try testing.expectError(error.OutOfMemory, gpa.alloc(u8, 1)); // full
    gpa.free(scratch); // the last block comes back
    const used = fba.end_index;
    fba.reset(); // everything comes back
    // ANCHOR_END: fixed
    try testing.expectEqual(60, stays.len);
    try testing.expectEqual(60, used);
}

test "buffer first" {
    const gpa = testing.allocator;
    // ANCHOR: first
    var buffer: [256]u8 = undefined;
    var first: std.heap.BufferFirstAllocator = .init(&buffer, gpa);
    const large = try first.allocator().alloc(u8, 1000); // does not fit: from gpa
    defer first.allocator().free(large);
    // ANCHOR_END: first
}

test "pool" {
    const gpa = testing.allocator;
    // ANCHOR: pool
    var pool: std.heap.MemoryPool(u64) = .empty;
    defer pool.deinit(gpa);
    const one = try pool.create(gpa);
    one.* = 1;
    pool.destroy(one); // the next create may get this place
    // ANCHOR_END: pool
}
