//@ run
//@ title: A deep copy needs memory of its own
//@ same-output
const std = @import("std");

const Tensor = struct {
    rows: u32,
    data: []f32,
};

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;
    var numbers = [_]f32{ 1, 2, 3 };
    const a: Tensor = .{ .rows = 1, .data = &numbers };

    var b = a; // copies rows, and the slice
    b.data = try gpa.dupe(f32, a.data); // copies the numbers
    defer gpa.free(b.data);

    b.rows = 3;
    b.data[0] = 99;
    std.debug.print("a.rows = {d}, a.data[0] = {d}\n", .{ a.rows, a.data[0] });
    std.debug.print("b.rows = {d}, b.data[0] = {d}\n", .{ b.rows, b.data[0] });
}
