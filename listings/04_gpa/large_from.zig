//@ run
//@ title: The first block that goes back by itself
//@ wasm: addresses are half as long here, so other sizes fit
const std = @import("std");
const Allocator = std.mem.Allocator;

/// Hands every request on to `page_allocator` and counts what comes back.
const Counting = struct {
    frees: usize = 0,

    fn allocator(self: *Counting) Allocator {
        return .{ .ptr = self, .vtable = &.{ .alloc = alloc, .resize = Allocator.noResize, .remap = Allocator.noRemap, .free = free } };
    }

    fn alloc(_: *anyopaque, len: usize, alignment: std.mem.Alignment, ret_addr: usize) ?[*]u8 {
        return std.heap.page_allocator.rawAlloc(len, alignment, ret_addr);
    }

    fn free(ctx: *anyopaque, memory: []u8, alignment: std.mem.Alignment, ret_addr: usize) void {
        const self: *Counting = @ptrCast(@alignCast(ctx));
        self.frees += 1;
        std.heap.page_allocator.rawFree(memory, alignment, ret_addr);
    }
};

/// The smallest block that goes back to the child as soon as it is freed.
fn smallestLarge(frames: usize) !usize {
    for (4096..8192) |len| {
        var child: Counting = .{};
        var safe: std.heap.SafeAllocator = .init(child.allocator(), .{ .stack_trace_frames = frames });
        defer _ = safe.deinit();
        const keeper = try safe.allocator().alloc(u8, 16); // keeps the bucket of small blocks alive
        defer safe.allocator().free(keeper);
        const block = try safe.allocator().alloc(u8, len);
        safe.allocator().free(block);
        if (child.frees > 0) return len;
    }
    return error.NoneIsLarge;
}

pub fn main() !void {
    std.debug.print("7 frames, as in a Debug build: {d}\n", .{try smallestLarge(7)});
    std.debug.print("no frames, as in a safe build: {d}\n", .{try smallestLarge(0)});
}
