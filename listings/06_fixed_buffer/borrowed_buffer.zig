//@ run
//@ title: A buffer of the caller
//@ same-output
//@ trace
const std = @import("std");

/// The steps between neighbors. The result is in `buffer`.
fn steps(buffer: []u8, samples: []const u8) ![]u8 {
    var fba: std.heap.FixedBufferAllocator = .init(buffer);
    const result = try fba.allocator().alloc(u8, samples.len - 1);
    for (result, 1..) |*step, i| step.* = samples[i] - samples[i - 1];
    return result;
}

pub fn main() !void {
    var buffer: [4]u8 = undefined;
    const result = try steps(&buffer, &.{ 3, 5, 9 });
    std.debug.print("{d} {d}\n", .{ result[0], result[1] });
}
