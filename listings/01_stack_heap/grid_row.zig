//@ run
//@ title: A row of a grid
const std = @import("std");

pub fn main() void {
    var grid = [2][2]u8{ .{ 1, 2 }, .{ 3, 4 } };
    var row = grid[0];
    row[0] = 9;
    const view = grid[1][0..];
    view[0] = 8;
    std.debug.print("{d} {d}\n", .{ grid[0][0], grid[1][0] });
}
