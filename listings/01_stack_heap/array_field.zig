//@ run
//@ title: A struct with an array and a slice
const std = @import("std");

const Batch = struct {
    fixed: [2]u8,
    view: []u8,
};

pub fn main() void {
    var store = [_]u8{ 3, 4 };
    const a: Batch = .{ .fixed = .{ 1, 2 }, .view = &store };
    var b = a;
    b.fixed[0] = 7;
    b.view[0] = 8;
    std.debug.print("{d} {d}\n", .{ a.fixed[0], a.view[0] });
}
