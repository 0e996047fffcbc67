//@ run
//@ variant: What if the third loop frees each piece?
//@ wasm: the notes that the arena keeps in each of its blocks are smaller here
const std = @import("std");
const Counting = std.testing.FailingAllocator;

fn held(counting: Counting) usize {
    return counting.allocated_bytes - counting.freed_bytes;
}

pub fn main(init: std.process.Init) !void {
    var plain: Counting = .init(init.gpa, .{ .resize_fail_index = 0 });
    for (0..1000) |_| {
        const line = try plain.allocator().alloc(u8, 100);
        defer plain.allocator().free(line);
    }
    std.debug.print("alloc and free:   {d} bytes held\n", .{held(plain)});

    var below: Counting = .init(init.gpa, .{ .resize_fail_index = 0 });
    var arena: std.heap.ArenaAllocator = .init(below.allocator());
    defer arena.deinit();
    for (0..1000) |_| {
        _ = try arena.allocator().alloc(u8, 100);
        _ = arena.reset(.retain_capacity);
    }
    std.debug.print("arena, reset:     {d} bytes held\n", .{held(below)});

    for (0..1000) |_| arena.allocator().free(try arena.allocator().alloc(u8, 100));
    std.debug.print("arena, no reset:  {d} bytes held\n", .{held(below)});
}
