//@ compile-error: expected type
//@ variant: What if the two calls leave out the `&`, and the numbers are `const`?
const std = @import("std");

fn raise(score: *i32) void {
    score.* += 10;
}

pub fn main() void {
    const first: i32 = 50;
    const second: i32 = 70;
    raise(first);
    raise(second);
    std.debug.print("{d} {d}\n", .{ first, second });
}
