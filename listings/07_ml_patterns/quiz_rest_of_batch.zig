//@ run
//@ title: All rows but the first
//@ trace

const std = @import("std");

const Tensor = struct { data: []f32, cols: usize };

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;
    const batch: Tensor = .{ .data = try gpa.dupe(f32, &.{ 1, 2, 3, 4, 5, 6 }), .cols = 3 };
    defer gpa.free(batch.data);

    var rest = batch;
    rest.data = rest.data[batch.cols..];
    rest.data[1] = 9;
    std.debug.print("{d} {d}\n", .{ batch.data[1], batch.data[4] });
}
