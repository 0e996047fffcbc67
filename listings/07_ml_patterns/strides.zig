//@ run
//@ title: A view with a shape and strides
//@ same-output

const std = @import("std");

const View = struct {
    data: []f32,
    shape: [2]usize,
    strides: [2]usize, // how many numbers to the next row, to the next column

    fn at(view: View, i: usize, j: usize) *f32 {
        return &view.data[i * view.strides[0] + j * view.strides[1]];
    }

    fn transposed(view: View) View {
        return .{
            .data = view.data,
            .shape = .{ view.shape[1], view.shape[0] },
            .strides = .{ view.strides[1], view.strides[0] },
        };
    }
};

pub fn main() void {
    var numbers = [_]f32{ 1, 2, 3, 4, 5, 6 };
    const a: View = .{ .data = &numbers, .shape = .{ 2, 3 }, .strides = .{ 3, 1 } };
    const t = a.transposed();
    t.at(2, 0).* = 30;
    std.debug.print("a is 2 x 3, strides {d} and {d}\n", .{ a.strides[0], a.strides[1] });
    std.debug.print("t is {d} x {d}, strides {d} and {d}\n", .{ t.shape[0], t.shape[1], t.strides[0], t.strides[1] });
    std.debug.print("a at row 0, column 2 is {d}\n", .{a.at(0, 2).*});
}
