//@ compile-error: cannot assign to constant
//@ variant: What if the field is a `[]const f32`?
const std = @import("std");

const Tensor = struct { data: []const f32 };

fn summarize(t: Tensor) f32 {
    t.data[0] = 0;
    return t.data[0] + t.data[1];
}

pub fn main() void {
    var numbers = [_]f32{ 1, 2 };
    const sum = summarize(.{ .data = &numbers });
    std.debug.print("sum = {d}, numbers[0] = {d}\n", .{ sum, numbers[0] });
}
