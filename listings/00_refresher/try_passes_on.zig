//@ run
//@ same-output
//@ title: try takes the value out, or returns the error to the caller
const std = @import("std");

fn digit(c: u8) !u8 {
    if (c < '0' or c > '9') return error.NotADigit;
    return c - '0';
}

fn number(text: []const u8) !u32 {
    var result: u32 = 0;
    for (text) |c| result = result * 10 + try digit(c);
    return result;
}

pub fn main() !void {
    std.debug.print("{d}\n", .{try number("451")});

    if (number("4x1")) |n| {
        std.debug.print("{d}\n", .{n});
    } else |err| {
        std.debug.print("failed: {t}\n", .{err});
    }
}
