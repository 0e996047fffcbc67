//@ run
//@ title: An allocator of your own
const std = @import("std");
const Allocator = std.mem.Allocator;
const Alignment = std.mem.Alignment;

/// Hands every request on to `child` and counts the bytes.
const Counting = struct {
    child: Allocator,
    live: usize = 0,
    peak: usize = 0,

    fn allocator(self: *Counting) Allocator {
        return .{ .ptr = self, .vtable = &.{
            .alloc = alloc,
            .resize = Allocator.noResize,
            .remap = Allocator.noRemap,
            .free = free,
        } };
    }

    fn alloc(ctx: *anyopaque, len: usize, alignment: Alignment, ret_addr: usize) ?[*]u8 {
        const self: *Counting = @ptrCast(@alignCast(ctx));
        const ptr = self.child.rawAlloc(len, alignment, ret_addr) orelse return null;
        self.live += len;
        self.peak = @max(self.peak, self.live);
        return ptr;
    }

    fn free(ctx: *anyopaque, memory: []u8, alignment: Alignment, ret_addr: usize) void {
        const self: *Counting = @ptrCast(@alignCast(ctx));
        self.child.rawFree(memory, alignment, ret_addr);
        self.live -= memory.len;
    }
};

pub fn main(init: std.process.Init) !void {
    var counting: Counting = .{ .child = init.gpa };
    const gpa = counting.allocator();

    {
        var batch = try gpa.alloc(u8, 100);
        defer gpa.free(batch);
        batch = try gpa.realloc(batch, 200);
        std.debug.print("in use {d}, at most {d}\n", .{ counting.live, counting.peak });
    }
    std.debug.print("in use {d}, at most {d}\n", .{ counting.live, counting.peak });
}
