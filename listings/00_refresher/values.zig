//@ run
//@ same-output
//@ title: Constants, variables and printing
const std = @import("std");

pub fn main() void {
    const rate: f32 = 0.5; // a constant: it never changes
    var steps: u32 = 3; // a variable, 32 bits, never negative
    steps += 1;

    const name = "adam"; // the type is inferred
    std.debug.print("{s}: {d} steps at {d}\n", .{ name, steps, rate });
}
