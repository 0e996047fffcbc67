//@ run
//@ title: A softmax whose output is its input
//@ same-output

const std = @import("std");

fn softmax(x: []f32) void {
    var largest = x[0];
    for (x) |v| largest = @max(largest, v);
    var sum: f32 = 0;
    for (x) |*v| { // each number is read once more, and then replaced
        v.* = @exp(v.* - largest);
        sum += v.*;
    }
    for (x) |*v| v.* /= sum;
}

pub fn main() void {
    var logits = [_]f32{ 2, 1, 0 };
    softmax(&logits);
    std.debug.print("{d:.3} {d:.3} {d:.3}\n", .{ logits[0], logits[1], logits[2] });
}
