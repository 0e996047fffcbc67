//@ run
//@ title: Two layers, linked by a pointer
//@ same-output
//@ trace
const std = @import("std");

const Layer = struct {
    size: u32,
    next: ?*Layer,
};

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;

    const output = try gpa.create(Layer);
    defer gpa.destroy(output);
    output.* = .{ .size = 10, .next = null };

    const input = try gpa.create(Layer);
    defer gpa.destroy(input);
    input.* = .{ .size = 64, .next = output };

    std.debug.print("{d} -> {d}\n", .{ input.size, input.next.?.size });
}
