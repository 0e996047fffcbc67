//@ run
//@ variant: What if the loop doubles a `var` of its own?
//@ trace
const std = @import("std");

pub fn main() void {
    var scores = [_]u8{ 1, 2, 3 };
    scores[0] = 5;
    for (scores) |s| {
        var doubled = s;
        doubled *= 2;
        std.debug.print("doubled {d}\n", .{doubled});
    }
    std.debug.print("{any}\n", .{scores});
}
