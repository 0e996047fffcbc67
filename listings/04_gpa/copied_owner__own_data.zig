//@ run
//@ variant: What if `b` gets a copy of the numbers: `gpa.dupe`?
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

    var b: Tensor = .{ .data = try gpa.dupe(f32, a.data) };
    b.data[0] = 9;
    std.debug.print("a: {any}\n", .{a.data});

    b.deinit(gpa);
    a.deinit(gpa);
}
