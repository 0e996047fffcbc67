//@ test
//@ title: Fill a buffer of the caller's
const std = @import("std");

// ANCHOR: recipe
/// Returns the part of `out` that was filled. Needs at most `xs.len` items.
fn positives(xs: []const f32, out: []f32) []f32 {
    var n: usize = 0;
    for (xs) |x| if (x > 0) {
        out[n] = x;
        n += 1;
    };
    return out[0..n];
}

test "one buffer, no allocator" {
    var out: [8]f32 = undefined;
    const found = positives(&.{ 3, -1, 4 }, &out);
    try std.testing.expectEqualSlices(f32, &.{ 3, 4 }, found);
}
// ANCHOR_END: recipe
