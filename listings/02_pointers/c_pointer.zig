//@ panic: cast causes pointer to be null
//@ title: The pointer of a translated C header
const std = @import("std");

fn sum(numbers: [*c]const f32, n: usize) f32 {
    if (numbers == null) return 0;
    const items: [*]const f32 = numbers;
    var total: f32 = 0;
    for (items[0..n]) |item| total += item;
    return total;
}

pub fn main() void {
    const weights = [_]f32{ 1, 2, 3 };
    std.debug.print("three: {d}\n", .{sum(&weights, 3)});
    std.debug.print("null: {d}\n", .{sum(null, 3)});
    var nowhere: [*c]const f32 = &weights;
    nowhere = null;
    const items: [*]const f32 = nowhere;
    std.debug.print("first: {d}\n", .{items[0]});
}
