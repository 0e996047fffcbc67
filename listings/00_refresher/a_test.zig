//@ test
//@ title: Two tests, in the same file as the function
const std = @import("std");

fn half(n: u32) error{Odd}!u32 {
    if (n % 2 == 1) return error.Odd;
    return n / 2;
}

test "half of an even number" {
    try std.testing.expectEqual(4, try half(8));
}

test "an odd number has no half" {
    try std.testing.expectError(error.Odd, half(7));
}
