//@ run
//@ title: Three tensors named a, b and c
//@ trace

const std = @import("std");

const Tensor = struct { data: []f32, cols: usize };

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;
    const a: Tensor = .{ .data = try gpa.dupe(f32, &.{ 1, 2, 3, 4 }), .cols = 2 };
    defer gpa.free(a.data);

    var b = a; // a pointer, a length and a number of columns
    b.cols = 4;
    b.data[0] = 9;

    const c: Tensor = .{ .data = try gpa.dupe(f32, a.data), .cols = a.cols }; // the numbers too
    defer gpa.free(c.data);
    c.data[0] = 7;

    std.debug.print("a: {d} columns, first number {d}\n", .{ a.cols, a.data[0] });
    std.debug.print("b: {d} columns, first number {d}\n", .{ b.cols, b.data[0] });
    std.debug.print("c: {d} columns, first number {d}\n", .{ c.cols, c.data[0] });
}
