//@ compile-error: has no member named 'init'
//@ title: The list of older tutorials
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    var list = std.ArrayList(u32).init(init.gpa);
    defer list.deinit();
    try list.append(1);
}
