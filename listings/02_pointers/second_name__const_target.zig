//@ compile-error: cannot assign to constant
//@ variant: What if the type of `p` is `*const i32`?
const std = @import("std");

pub fn main() void {
    var score: i32 = 50;
    const p: *const i32 = &score; // & takes the address of score
    p.* += 10; // .* goes to that address
    const copy = p.*;
    p.* += 1;
    std.debug.print("score {d}, p.* {d}, copy {d}\n", .{ score, p.*, copy });
}
