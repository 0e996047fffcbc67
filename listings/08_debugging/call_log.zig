//@ run
//@ title: An allocator that writes a line for each call
const std = @import("std");
const Allocator = std.mem.Allocator;
const Alignment = std.mem.Alignment;

// ANCHOR: allocator
/// Hands every call on to `child` and prints it. Its blocks neither grow nor shrink in place.
const Logging = struct {
    child: Allocator,

    fn allocator(log: *Logging) Allocator {
        return .{ .ptr = log, .vtable = &.{
            .alloc = alloc,
            .resize = Allocator.noResize,
            .remap = Allocator.noRemap,
            .free = free,
        } };
    }

    fn alloc(context: *anyopaque, len: usize, alignment: Alignment, ret_addr: usize) ?[*]u8 {
        const log: *Logging = @ptrCast(@alignCast(context));
        std.debug.print("alloc {d}\n", .{len});
        return log.child.rawAlloc(len, alignment, ret_addr);
    }

    fn free(context: *anyopaque, memory: []u8, alignment: Alignment, ret_addr: usize) void {
        const log: *Logging = @ptrCast(@alignCast(context));
        std.debug.print("free {d}\n", .{memory.len});
        log.child.rawFree(memory, alignment, ret_addr);
    }
};
// ANCHOR_END: allocator

// ANCHOR: main
pub fn main(init: std.process.Init) !void {
    var log: Logging = .{ .child = init.gpa };
    const gpa = log.allocator();

    var text = try gpa.dupe(u8, "cat");
    defer gpa.free(text);
    for ([_][]const u8{ "bird", "horse" }) |word| {
        const longer = try std.mem.concat(gpa, u8, &.{ text, " ", word });
        gpa.free(text);
        text = longer;
    }
}
// ANCHOR_END: main
