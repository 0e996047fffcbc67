//@ run
//@ title: A function that gets a tensor by value
//@ same-output
const std = @import("std");

const Tensor = struct { data: []f32 };

fn summarize(t: Tensor) f32 {
    t.data[0] = 0;
    return t.data[0] + t.data[1];
}

pub fn main() void {
    var numbers = [_]f32{ 1, 2 };
    const sum = summarize(.{ .data = &numbers });
    std.debug.print("sum = {d}, numbers[0] = {d}\n", .{ sum, numbers[0] });
}
