//@ run
//@ variant: What if `deinit` is called on `a` alone?
//@ trace
const std = @import("std");

const Tensor = struct {
    data: []f32,

    fn deinit(self: *Tensor, gpa: std.mem.Allocator) void {
        gpa.free(self.data);
        self.* = undefined;
    }
};

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;
    var a: Tensor = .{ .data = try gpa.dupe(f32, &.{ 1, 2 }) };

    var b = a;
    b.data[0] = 9;
    std.debug.print("a: {any}\n", .{a.data});

    a.deinit(gpa);
}
