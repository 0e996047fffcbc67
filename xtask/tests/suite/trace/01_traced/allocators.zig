//! Allocators inside each other: an arena in an arena, a fixed buffer on the stack and in static memory, an
//! allocator of the program's own that passes requests on, and one that fails.
const std = @import("std");
const Allocator = std.mem.Allocator;

var static_buffer: [32]u8 = undefined;

const Counting = struct {
    child: Allocator,
    count: usize = 0,

    fn allocator(self: *Counting) Allocator {
        return .{ .ptr = self, .vtable = &.{ .alloc = alloc, .resize = resize, .remap = remap, .free = free } };
    }

    fn alloc(context: *anyopaque, len: usize, alignment: std.mem.Alignment, ret_addr: usize) ?[*]u8 {
        const self: *Counting = @ptrCast(@alignCast(context));
        self.count += 1;
        return self.child.rawAlloc(len, alignment, ret_addr);
    }

    fn resize(context: *anyopaque, memory: []u8, alignment: std.mem.Alignment, new_len: usize, ret_addr: usize) bool {
        const self: *Counting = @ptrCast(@alignCast(context));
        return self.child.rawResize(memory, alignment, new_len, ret_addr);
    }

    fn remap(context: *anyopaque, memory: []u8, alignment: std.mem.Alignment, new_len: usize, ret_addr: usize) ?[*]u8 {
        const self: *Counting = @ptrCast(@alignCast(context));
        return self.child.rawRemap(memory, alignment, new_len, ret_addr);
    }

    fn free(context: *anyopaque, memory: []u8, alignment: std.mem.Alignment, ret_addr: usize) void {
        const self: *Counting = @ptrCast(@alignCast(context));
        self.child.rawFree(memory, alignment, ret_addr);
    }
};

pub fn main(init: std.process.Init) !void {
    var outer: std.heap.ArenaAllocator = .init(init.gpa);
    var inner: std.heap.ArenaAllocator = .init(outer.allocator());
    const deep = try inner.allocator().alloc(u32, 2);
    deep[0] = 1;
    const kept = try outer.allocator().create(u16);
    kept.* = 7;
    inner.deinit();
    _ = outer.reset(.retain_capacity);
    outer.deinit();

    var buffer: [32]u8 = undefined;
    var fixed: std.heap.FixedBufferAllocator = .init(&buffer);
    const a = try fixed.allocator().alloc(u16, 3);
    a[0] = 5;
    const b = try fixed.allocator().dupe(u8, "abc");
    fixed.allocator().free(b);
    fixed.allocator().free(a);
    const too_many = fixed.allocator().alloc(u8, 100);
    std.debug.print("{any}\n", .{too_many == error.OutOfMemory});

    var in_static: std.heap.FixedBufferAllocator = .init(&static_buffer);
    const c = try in_static.allocator().create(u64);
    c.* = 9;
    in_static.reset();

    var counting: Counting = .{ .child = init.gpa };
    const counted = try counting.allocator().alloc(u8, 4);
    counting.allocator().free(counted);

    const paged = try std.heap.page_allocator.alloc(u8, 10);
    std.heap.page_allocator.free(paged);
    _ = try init.arena.allocator().dupe(u8, "kept until the end");
}
