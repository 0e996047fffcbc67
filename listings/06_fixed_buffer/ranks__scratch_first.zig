//@ run
//@ variant: What if the scratch is allocated before the result?
const std = @import("std");

// ANCHOR: ranks
/// The place of each sample in sorted order. The caller owns the result.
fn ranks(gpa: std.mem.Allocator, samples: []const u8) ![]u8 {
    const order = try gpa.dupe(u8, samples); // scratch
    defer gpa.free(order);
    const result = try gpa.alloc(u8, samples.len);
    errdefer gpa.free(result);

    std.mem.sortUnstable(u8, order, {}, std.sort.asc(u8));
    for (result, samples) |*rank, sample| {
        rank.* = @intCast(std.mem.findScalar(u8, order, sample).?);
    }
    return result;
}
// ANCHOR_END: ranks

pub fn main() !void {
    var buffer: [9]u8 = undefined;
    var fba: std.heap.FixedBufferAllocator = .init(&buffer);

    for ([_][3]u8{ .{ 30, 10, 20 }, .{ 5, 7, 6 } }) |window| {
        const result = ranks(fba.allocator(), &window) catch |err| {
            std.debug.print("{t}\n", .{err});
            continue;
        };
        std.debug.print("{d} {d} {d}\n", .{ result[0], result[1], result[2] });
    }
}
