//@ run
//@ title: Exchange two numbers
const std = @import("std");

pub fn main() void {
    var pair = [_]u32{ 1, 2 };
    pair = .{ pair[1], pair[0] };
    std.debug.print("array   {d} {d}\n", .{ pair[0], pair[1] });

    var a: u32 = 1;
    var b: u32 = 2;
    a, b = .{ b, a };
    std.debug.print("two     {d} {d}\n", .{ a, b });

    var size: struct { width: u32, height: u32 } = .{ .width = 1, .height = 2 };
    size = .{ .width = size.height, .height = size.width };
    std.debug.print("struct  {d} {d}\n", .{ size.width, size.height });
}
