//@ run
//@ title: `const` before the name, `const` inside the type
//@ same-output
//@ trace
const std = @import("std");

pub fn main() void {
    var a: u8 = 1;
    var b: u8 = 2;
    const fixed: *u8 = &a; // always points to a; may write
    var reader: *const u8 = &a; // may be pointed elsewhere; may not write
    fixed.* = 9;
    std.debug.print("a {d}, reader.* {d}\n", .{ a, reader.* });
    reader = &b;
    b = 5;
    std.debug.print("b {d}, reader.* {d}\n", .{ b, reader.* });
}
