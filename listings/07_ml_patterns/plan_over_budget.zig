//@ compile-error: the activations need 384 bytes, the budget is 256
//@ title: A plan and a budget, at compile time

const std = @import("std");

const sizes = [_]usize{ 64, 32, 32, 32, 10 };
const budget = 256;

const plan_bytes = plan: {
    var lens = [2]usize{ 0, 0 };
    for (sizes, 0..) |size, i| lens[i % 2] = @max(lens[i % 2], size);
    break :plan (lens[0] + lens[1]) * @sizeOf(f32);
};

// Static memory: no allocator, no failure. As plain bytes it might begin anywhere.
var activations: [plan_bytes]u8 align(@alignOf(f32)) = undefined;

pub fn main() void {
    if (plan_bytes > budget) @compileError(std.fmt.comptimePrint(
        "the activations need {d} bytes, the budget is {d}",
        .{ plan_bytes, budget },
    ));
    const numbers: []f32 = @ptrCast(&activations);
    numbers[0] = 0;
}
