//@ test
//@ title: An array from NumPy, and one for NumPy
//@ wasm: a page has no threads, and this allocator wants them
const std = @import("std");
const gpa = std.heap.smp_allocator; // a library has no main, and so no init.gpa

// ANCHOR: take
/// The sum of the caller's numbers. Keeps no pointer to them.
export fn sum(xs: [*]const f32, len: usize) f32 {
    var total: f32 = 0;
    for (xs[0..len]) |x| total += x;
    return total;
}
// ANCHOR_END: take

// ANCHOR: give
/// The squares of 0, 1, 2, …, or null if there is no memory. The caller gives them back with `release`.
export fn squares(len: usize) ?[*]f32 {
    const xs = gpa.alloc(f32, len) catch return null;
    for (xs, 0..) |*x, i| x.* = @floatFromInt(i * i);
    return xs.ptr;
}

export fn release(xs: [*]f32, len: usize) void {
    gpa.free(xs[0..len]); // the length makes it the same slice again
}
// ANCHOR_END: give

test "four squares" {
    const xs = squares(4) orelse return error.OutOfMemory;
    defer release(xs, 4);
    try std.testing.expectEqual(14, sum(xs, 4));
}
