//@ compile-error: no member named 'GeneralPurposeAllocator'
//@ title: The name that most tutorials still use
const std = @import("std");

pub fn main() !void {
    var gpa: std.heap.GeneralPurposeAllocator(.{}) = .init;
    defer _ = gpa.deinit();
}
