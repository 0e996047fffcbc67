//@ run
//@ variant: What if the limit is 240, and each request keeps 31 bytes?
const std = @import("std");
const Allocator = std.mem.Allocator;
const Alignment = std.mem.Alignment;

// ANCHOR: allocator
/// Lets at most `limit` bytes be in use at once. Its blocks neither grow nor shrink in place.
const Budget = struct {
    child: Allocator,
    limit: usize,
    used: usize = 0,

    fn allocator(budget: *Budget) Allocator {
        return .{ .ptr = budget, .vtable = &.{
            .alloc = alloc,
            .resize = Allocator.noResize,
            .remap = Allocator.noRemap,
            .free = free,
        } };
    }

    fn alloc(context: *anyopaque, len: usize, alignment: Alignment, ret_addr: usize) ?[*]u8 {
        const budget: *Budget = @ptrCast(@alignCast(context));
        if (len > budget.limit - budget.used) return null;
        const ptr = budget.child.rawAlloc(len, alignment, ret_addr) orelse return null;
        budget.used += len;
        return ptr;
    }

    fn free(context: *anyopaque, memory: []u8, alignment: Alignment, ret_addr: usize) void {
        const budget: *Budget = @ptrCast(@alignCast(context));
        budget.child.rawFree(memory, alignment, ret_addr);
        budget.used -= memory.len;
    }
};
// ANCHOR_END: allocator

// ANCHOR: main
pub fn main(init: std.process.Init) !void {
    var budget: Budget = .{ .child = init.gpa, .limit = 240 };
    const gpa = budget.allocator();

    var requests: [8][]u8 = undefined;
    var n: usize = 0;
    defer for (requests[0..n]) |request| gpa.free(request);
    while (n < requests.len) : (n += 1) {
        requests[n] = gpa.alloc(u8, 31) catch {
            std.debug.print("request {d} does not fit, {d} bytes in use\n", .{ n, budget.used });
            break;
        };
    }
}
// ANCHOR_END: main
