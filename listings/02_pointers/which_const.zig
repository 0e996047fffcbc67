//@ run
//@ title: `const` before the name, `const` inside the type
//@ same-output
//@ trace
const std = @import("std");

pub fn main() void {
    var a: u8 = 1;
    var b: u8 = 2;
    const fixed: *u8 = &a; // the constant is the address
    var reader: *const u8 = &a; // what it leads to is constant
    fixed.* = 9;
    std.debug.print("a {d}, reader.* {d}\n", .{ a, reader.* });
    reader = &b;
    b = 5;
    std.debug.print("b {d}, reader.* {d}\n", .{ b, reader.* });
}
