//@ run
//@ variant: What if the struct holds the three numbers themselves?
//@ trace
const std = @import("std");

const Tensor = struct {
    rows: u32,
    data: [3]f32,
};

pub fn main() void {
    const numbers = [_]f32{ 1, 2, 3 };
    const a: Tensor = .{ .rows = 1, .data = numbers };
    var b = a;
    b.rows = 3;
    b.data[0] = 99;
    std.debug.print("a.rows = {d}, a.data[0] = {d}\n", .{ a.rows, a.data[0] });
}
