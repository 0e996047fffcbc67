//@ compile-error: cast discards const qualifier
//@ variant: What if `t` is a `const`?
const std = @import("std");

const Tensor = struct {
    data: []f32,
    cols: usize,

    /// Caller owns the result and calls `deinit` with the same `gpa`.
    fn init(gpa: std.mem.Allocator, rows: usize, cols: usize) !Tensor {
        const data = try gpa.alloc(f32, rows * cols);
        @memset(data, 0);
        return .{ .data = data, .cols = cols };
    }

    fn deinit(self: *Tensor, gpa: std.mem.Allocator) void {
        gpa.free(self.data);
        self.* = undefined;
    }
};

pub fn main(init: std.process.Init) !void {
    const t: Tensor = try .init(init.gpa, 2, 3);
    defer t.deinit(init.gpa);

    t.data[1 * t.cols + 2] = 5; // row 1, column 2
    std.debug.print("{d} values, last {d}\n", .{ t.data.len, t.data[5] });
}
