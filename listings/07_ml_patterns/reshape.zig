//@ run
//@ title: Six numbers in a row, from a matrix and from its transpose
//@ same-output

const std = @import("std");

const View = struct { data: []const f32, shape: [2]usize, strides: [2]usize };

/// The view's numbers in a row. A slice of its memory where they lie like that, otherwise a copy,
/// which the caller owns.
fn flat(gpa: std.mem.Allocator, view: View) !struct { numbers: []const f32, copied: bool } {
    const rows, const cols = view.shape;
    if (view.strides[1] == 1 and view.strides[0] == cols)
        return .{ .numbers = view.data[0 .. rows * cols], .copied = false };
    const numbers = try gpa.alloc(f32, rows * cols);
    for (numbers, 0..) |*number, i| {
        number.* = view.data[i / cols * view.strides[0] + i % cols * view.strides[1]];
    }
    return .{ .numbers = numbers, .copied = true };
}

pub fn main(init: std.process.Init) !void {
    const numbers = [_]f32{ 1, 2, 3, 4, 5, 6 };
    const a: View = .{ .data = &numbers, .shape = .{ 2, 3 }, .strides = .{ 3, 1 } };
    const t: View = .{ .data = &numbers, .shape = .{ 3, 2 }, .strides = .{ 1, 3 } };
    for ([_]View{ a, t }) |view| {
        const row = try flat(init.gpa, view);
        defer if (row.copied) init.gpa.free(row.numbers);
        for (row.numbers) |x| std.debug.print("{d} ", .{x});
        std.debug.print("{s}\n", .{if (row.copied) "a copy" else "a view"});
    }
}
