//! The allocator that the laboratory's arena, safe allocator and buffer-first allocator ask for memory: it passes each
//! request on to the page allocator, and remembers what it gave. It never changes the size of a block in place, so that
//! an arena that needs more always asks for another block, on every machine.

const std = @import("std");
const Allocator = std.mem.Allocator;
const Alignment = std.mem.Alignment;

const Child = @This();

/// More blocks than the laboratory has names for cannot be asked for.
pub const most = 64;

/// A block that was given and has not come back.
pub const Given = struct {
    start: usize,
    len: usize,
    /// The how manieth it was, from 1.
    number: usize,
};

/// What the child was asked, and what it answered.
pub const Call = union(enum) {
    alloc: struct { len: usize, given: bool },
    resize: struct { from: usize, to: usize },
    free: struct { len: usize },
};

backing: Allocator = std.heap.page_allocator,
given: [most]Given = undefined,
count: usize = 0,
/// How many blocks it has given since it was made.
allocations: usize = 0,
/// What it was asked since the list was emptied.
calls: [2 * most]Call = undefined,
call_count: usize = 0,

pub fn allocator(child: *Child) Allocator {
    return .{ .ptr = child, .vtable = &.{ .alloc = alloc, .resize = resize, .remap = remap, .free = free } };
}

/// The blocks that have not come back, the oldest first.
pub fn held(child: *const Child) []const Given {
    return child.given[0..child.count];
}

pub fn asked(child: *const Child) []const Call {
    return child.calls[0..child.call_count];
}

fn note(child: *Child, call: Call) void {
    if (child.call_count == child.calls.len) return;
    child.calls[child.call_count] = call;
    child.call_count += 1;
}

fn alloc(ctx: *anyopaque, len: usize, alignment: Alignment, ra: usize) ?[*]u8 {
    const child: *Child = @ptrCast(@alignCast(ctx));
    const ptr = if (child.count < most) child.backing.rawAlloc(len, alignment, ra) else null;
    child.note(.{ .alloc = .{ .len = len, .given = ptr != null } });
    const start = ptr orelse return null;
    child.allocations += 1;
    child.given[child.count] = .{ .start = @intFromPtr(start), .len = len, .number = child.allocations };
    child.count += 1;
    return start;
}

fn resize(ctx: *anyopaque, memory: []u8, _: Alignment, new_len: usize, _: usize) bool {
    const child: *Child = @ptrCast(@alignCast(ctx));
    child.note(.{ .resize = .{ .from = memory.len, .to = new_len } });
    return false;
}

fn remap(ctx: *anyopaque, memory: []u8, alignment: Alignment, new_len: usize, ra: usize) ?[*]u8 {
    _ = resize(ctx, memory, alignment, new_len, ra);
    return null;
}

fn free(ctx: *anyopaque, memory: []u8, alignment: Alignment, ra: usize) void {
    const child: *Child = @ptrCast(@alignCast(ctx));
    child.note(.{ .free = .{ .len = memory.len } });
    for (child.held(), 0..) |block, at| {
        if (block.start != @intFromPtr(memory.ptr)) continue;
        std.mem.copyForwards(Given, child.given[at .. child.count - 1], child.given[at + 1 .. child.count]);
        child.count -= 1;
        break;
    }
    child.backing.rawFree(memory, alignment, ra);
}
