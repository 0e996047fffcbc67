//@ test
//@ title: Numbers in bytes, at any address
const std = @import("std");

// ANCHOR: recipe
fn sum(xs: []align(1) const f32) f32 { // align(1): it may begin anywhere
    var total: f32 = 0;
    for (xs) |x| total += x;
    return total;
}

test "behind a header of five bytes" {
    const numbers = [_]f32{ 1, 2 };
    var file: [13]u8 = "head:".* ++ @as([8]u8, @splat(0));
    @memcpy(file[5..], std.mem.sliceAsBytes(&numbers));
    const weights: []align(1) const f32 = std.mem.bytesAsSlice(f32, file[5..]); // no copy
    try std.testing.expectEqual(3, sum(weights));
}
// ANCHOR_END: recipe
