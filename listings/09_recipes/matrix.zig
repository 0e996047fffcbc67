//@ test
//@ title: A matrix in one block
const std = @import("std");

// ANCHOR: recipe
const Matrix = struct {
    data: []f32,
    cols: usize,

    fn row(self: Matrix, i: usize) []f32 { // a view
        return self.data[i * self.cols ..][0..self.cols];
    }
};

test "write a row, read a column" {
    const gpa = std.testing.allocator;
    const m: Matrix = .{ .data = try gpa.alloc(f32, 2 * 3), .cols = 3 };
    defer gpa.free(m.data);
    @memset(m.data, 0); // fresh memory is undefined
    m.row(1)[2] = 5;
    try std.testing.expectEqual(5, m.data[1 * m.cols + 2]);
}
// ANCHOR_END: recipe
