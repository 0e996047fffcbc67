//@ run
//@ title: One large request among small ones
//@ wasm: the notes that an arena keeps are smaller here

const std = @import("std");
const ArenaAllocator = std.heap.ArenaAllocator;

/// Four requests, with a reset after each. The two columns: what the arena has, how often it asked.
fn serve(name: []const u8, child: std.mem.Allocator, mode: ArenaAllocator.ResetMode) !void {
    // This one counts, and lets no block grow where it is.
    var asked: std.testing.FailingAllocator = .init(child, .{ .resize_fail_index = 0 });
    var scratch: ArenaAllocator = .init(asked.allocator());
    defer scratch.deinit();

    std.debug.print("{s}:", .{name});
    for ([_]usize{ 2_000, 2_000_000, 2_000, 2_000 }) |bytes| {
        _ = try scratch.allocator().alloc(u8, bytes);
        _ = scratch.reset(mode);
        std.debug.print(" {d}", .{scratch.queryCapacity()});
    }
    std.debug.print(", {d} blocks asked for\n", .{asked.allocations});
}

pub fn main(init: std.process.Init) !void {
    try serve("retain_capacity", init.gpa, .retain_capacity);
    try serve("retain_with_limit", init.gpa, .{ .retain_with_limit = 4096 });
    try serve("free_all", init.gpa, .free_all);
}
