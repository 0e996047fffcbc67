//@ run
//@ same-output
//@ title: A function that may fail, and a caller that handles it
const std = @import("std");

fn digit(c: u8) error{NotADigit}!u8 {
    if (c < '0' or c > '9') return error.NotADigit;
    return c - '0';
}

pub fn main() void {
    const a = digit('7') catch 0; // a value to use in place of the error
    std.debug.print("a is {d}\n", .{a});

    const b = digit('x') catch |err| {
        std.debug.print("failed: {t}\n", .{err});
        return;
    };
    std.debug.print("b is {d}\n", .{b});
}
