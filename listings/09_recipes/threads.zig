//@ test
//@ title: Share memory with threads
//@ wasm: WebAssembly builds have no threads
const std = @import("std");

// ANCHOR: recipe
fn sum(xs: []const u32, total: *std.atomic.Value(u64)) void {
    var own: u64 = 0; // a thread's own variable needs no care
    for (xs) |x| own += x;
    _ = total.fetchAdd(own, .monotonic);
}

test "two threads read one block" {
    const xs = try std.testing.allocator.alloc(u32, 1000);
    defer std.testing.allocator.free(xs); // after both threads have ended
    @memset(xs, 1);
    var total: std.atomic.Value(u64) = .init(0);
    const other = try std.Thread.spawn(.{}, sum, .{ xs[0..500], &total });
    sum(xs[500..], &total);
    other.join();
    try std.testing.expectEqual(1000, total.load(.monotonic));
}
// ANCHOR_END: recipe
