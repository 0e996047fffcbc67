//@ run
//@ title: A fast build has no such checks
//@ mode: fast
const std = @import("std");

pub fn main() void {
    std.debug.print("checks: {}\n", .{std.debug.runtime_safety});
}
