//@ run
//@ title: One buffer for every batch
//@ same-output
const std = @import("std");

pub fn main() !void {
    var buffer: [3]u8 = undefined;
    var fba: std.heap.FixedBufferAllocator = .init(&buffer);

    for ([_][]const u8{ &.{ 1, 2 }, &.{ 3, 4, 5 }, &.{6} }) |batch| {
        defer fba.reset();
        const squares = try fba.allocator().alloc(u8, batch.len);
        for (squares, batch) |*square, x| square.* = x * x;

        var sum: u32 = 0;
        for (squares) |square| sum += square;
        std.debug.print("{d} ", .{sum});
    }
    std.debug.print("\n", .{});
}
