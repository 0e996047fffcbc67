//@ run
//@ title: The best scores, with two allocators
//@ same-output
//@ trace
const std = @import("std");
const Allocator = std.mem.Allocator;

/// The `k` best scores, best first, allocated with `result`: the caller owns the slice.
/// What is needed on the way is allocated with `scratch` and not freed.
fn top(result: Allocator, scratch: Allocator, scores: []const u8, k: usize) ![]u8 {
    const sorted = try scratch.dupe(u8, scores);
    std.mem.sort(u8, sorted, {}, std.sort.desc(u8));
    return result.dupe(u8, sorted[0..k]);
}

pub fn main(init: std.process.Init) !void {
    var arena: std.heap.ArenaAllocator = .init(init.gpa);
    defer arena.deinit();

    const best = try top(init.gpa, arena.allocator(), &.{ 10, 70, 20 }, 2);
    defer init.gpa.free(best);

    _ = arena.reset(.retain_capacity); // the end of the turn
    std.debug.print("{d} {d}\n", .{ best[0], best[1] });
}
