//@ run
//@ title: A small caching allocator
//@ same-output

const std = @import("std");

/// Keeps blocks that were given back, to hand them out again.
const Caching = struct {
    gpa: std.mem.Allocator,
    idle: std.ArrayList([]u8) = .empty,
    blocks: usize = 0, // idle or not
    allocated: usize = 0, // bytes in use
    reserved: usize = 0, // bytes taken from `gpa`

    fn take(cache: *Caching, len: usize) ![]u8 {
        for (cache.idle.items, 0..) |block, i| if (block.len == len) {
            cache.allocated += len;
            return cache.idle.swapRemove(i);
        };
        // Room for every block, so that giving back cannot fail.
        try cache.idle.ensureTotalCapacity(cache.gpa, cache.blocks + 1);
        const block = try cache.gpa.alloc(u8, len);
        cache.blocks += 1;
        cache.allocated += len;
        cache.reserved += len;
        return block;
    }

    fn giveBack(cache: *Caching, block: []u8) void {
        cache.idle.appendAssumeCapacity(block);
        cache.allocated -= block.len;
    }

    /// Releases the idle blocks to `gpa`.
    fn emptyCache(cache: *Caching) void {
        for (cache.idle.items) |block| {
            cache.reserved -= block.len;
            cache.blocks -= 1;
            cache.gpa.free(block);
        }
        cache.idle.clearRetainingCapacity();
    }

    fn report(cache: *const Caching, step: []const u8) void {
        std.debug.print("{s}: allocated {d}, reserved {d}\n", .{ step, cache.allocated, cache.reserved });
    }
};

pub fn main(init: std.process.Init) !void {
    var cache: Caching = .{ .gpa = init.gpa };
    defer cache.idle.deinit(init.gpa);
    const weights = try cache.take(1000);
    const activations = try cache.take(600);
    cache.report("one batch");
    cache.giveBack(activations);
    cache.report("batch done");
    const again = try cache.take(600);
    cache.report("next batch");
    cache.giveBack(again);
    cache.emptyCache();
    cache.report("emptyCache");
    cache.giveBack(weights);
    cache.emptyCache();
    cache.report("model gone");
}
