//@ compile-error: cast discards const qualifier
//@ title: An owner that is a `const`
const std = @import("std");

const Tensor = struct {
    data: []f32,

    fn deinit(self: *Tensor, gpa: std.mem.Allocator) void {
        gpa.free(self.data);
        self.* = undefined;
    }
};

pub fn main(init: std.process.Init) !void {
    const t: Tensor = .{ .data = try init.gpa.alloc(f32, 6) };
    defer t.deinit(init.gpa);
}
