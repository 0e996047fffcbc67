//@ run
//@ title: The same weights in an arena, and in a planned block
//@ wasm: the notes that the arena keeps in each of its blocks are smaller here

const std = @import("std");

const sizes = [_]usize{ 64, 32, 32, 32, 10 };

fn load(arena: std.mem.Allocator) !void {
    for (sizes[0 .. sizes.len - 1], sizes[1..]) |in, out| {
        _ = try arena.alloc(f32, out * in);
        _ = try arena.alloc(f32, out);
    }
}

pub fn main(init: std.process.Init) !void {
    var below: std.testing.FailingAllocator = .init(init.gpa, .{ .resize_fail_index = 0 });
    var arena: std.heap.ArenaAllocator = .init(below.allocator());
    defer arena.deinit();
    try load(arena.allocator());
    std.debug.print("arena: {d} requests, {d} bytes\n", .{ below.allocations, below.allocated_bytes });

    const block = try init.gpa.alignedAlloc(u8, .of(f32), 18_088); // the plan, one request
    defer init.gpa.free(block);
    var fba: std.heap.FixedBufferAllocator = .init(block);
    try load(fba.allocator());
    std.debug.print("one block: {d} of {d} bytes\n", .{ fba.end_index, block.len });
}
