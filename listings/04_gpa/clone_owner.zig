//@ run
//@ same-output
//@ title: A clone
const std = @import("std");

const Tensor = struct {
    data: []f32,

    /// Caller owns the copy.
    fn clone(self: Tensor, gpa: std.mem.Allocator) !Tensor {
        return .{ .data = try gpa.dupe(f32, self.data) };
    }

    fn deinit(self: *Tensor, gpa: std.mem.Allocator) void {
        gpa.free(self.data);
        self.* = undefined;
    }
};

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;
    var a: Tensor = .{ .data = try gpa.dupe(f32, &.{ 1, 2 }) };
    defer a.deinit(gpa);

    var b = try a.clone(gpa);
    defer b.deinit(gpa);
    b.data[0] = 9;
    std.debug.print("a starts with {d}, b with {d}\n", .{ a.data[0], b.data[0] });
}
