//@ run
//@ title: Five variables that lead to one array
const std = @import("std");

fn show(xs: *[4]u16, end: usize) void {
    const one = &xs[1]; // one item
    const slice = xs[1..end]; // some items: the slice knows how many
    const many = slice.ptr; // some items: you must know how many
    const part = xs[1..3]; // 2 items: the compiler knows

    std.debug.print("xs    {s:<7} {any}\n", .{ @typeName(@TypeOf(xs)), xs.* });
    std.debug.print("one   {s:<7} {d}\n", .{ @typeName(@TypeOf(one)), one.* });
    std.debug.print("slice {s:<7} {any}\n", .{ @typeName(@TypeOf(slice)), slice });
    std.debug.print("many  {s:<7} {d} ...\n", .{ @typeName(@TypeOf(many)), many[0] });
    std.debug.print("part  {s:<7} {any}\n", .{ @typeName(@TypeOf(part)), part.* });
}

pub fn main() void {
    var xs = [_]u16{ 10, 20, 30, 40 };
    show(&xs, 3);
}
