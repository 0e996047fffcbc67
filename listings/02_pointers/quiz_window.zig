//@ panic: index out of bounds
//@ title: The largest of each window
const std = @import("std");

fn largest(xs: []const u8) u8 {
    var best = xs[0];
    for (xs[1..]) |x| best = @max(best, x);
    return best;
}

fn sumOfLargest(xs: []const u8, size: usize) u8 {
    var sum: u8 = 0;
    var rest = xs;
    while (rest.len > 0) {
        sum += largest(rest[0..size]);
        rest = rest[size..];
    }
    return sum;
}

pub fn main() void {
    const xs = [_]u8{ 3, 1, 4, 1, 5 };
    std.debug.print("{d}\n", .{sumOfLargest(&xs, 2)});
}
