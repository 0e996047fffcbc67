//@ compile-error: cast discards const qualifier
//@ variant: What if `score` is a `const`?
const std = @import("std");

pub fn main() void {
    const score: i32 = 50;
    const p: *i32 = &score; // & takes the address of score
    p.* += 10; // .* goes to that address
    const copy = p.*;
    p.* += 1;
    std.debug.print("score {d}, p.* {d}, copy {d}\n", .{ score, p.*, copy });
}
