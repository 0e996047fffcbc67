//! The counting allocator of lesson 3, shared by the listings of this lesson.

const std = @import("std");
const Allocator = std.mem.Allocator;
const Alignment = std.mem.Alignment;

/// Passes every call on to `child`, and counts.
pub const Counting = struct {
    child: Allocator,
    /// Calls that got memory.
    allocations: usize = 0,
    /// Bytes that are allocated now.
    live: usize = 0,
    /// The most bytes that were ever allocated at once.
    peak: usize = 0,

    pub fn allocator(counting: *Counting) Allocator {
        return .{ .ptr = counting, .vtable = &.{
            .alloc = alloc,
            .resize = resize,
            .remap = remap,
            .free = free,
        } };
    }

    fn grow(counting: *Counting, old: usize, new: usize) void {
        counting.live = counting.live - old + new;
        counting.peak = @max(counting.peak, counting.live);
    }

    fn alloc(context: *anyopaque, len: usize, alignment: Alignment, ra: usize) ?[*]u8 {
        const counting: *Counting = @ptrCast(@alignCast(context));
        const memory = counting.child.rawAlloc(len, alignment, ra) orelse return null;
        counting.allocations += 1;
        counting.grow(0, len);
        return memory;
    }

    fn resize(context: *anyopaque, memory: []u8, alignment: Alignment, len: usize, ra: usize) bool {
        const counting: *Counting = @ptrCast(@alignCast(context));
        if (!counting.child.rawResize(memory, alignment, len, ra)) return false;
        counting.grow(memory.len, len);
        return true;
    }

    fn remap(context: *anyopaque, memory: []u8, alignment: Alignment, len: usize, ra: usize) ?[*]u8 {
        const counting: *Counting = @ptrCast(@alignCast(context));
        const moved = counting.child.rawRemap(memory, alignment, len, ra) orelse return null;
        counting.grow(memory.len, len);
        return moved;
    }

    fn free(context: *anyopaque, memory: []u8, alignment: Alignment, ra: usize) void {
        const counting: *Counting = @ptrCast(@alignCast(context));
        counting.child.rawFree(memory, alignment, ra);
        counting.live -= memory.len;
    }
};
