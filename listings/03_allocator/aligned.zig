//@ run
//@ title: A block whose address is a multiple of 64
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;

    const row = try gpa.alignedAlloc(f32, .@"64", 8);
    defer gpa.free(row);

    std.debug.print("{s}\n", .{@typeName(@TypeOf(row))});
    std.debug.print("multiple of 64: {}\n", .{@intFromPtr(row.ptr) % 64 == 0});
}
