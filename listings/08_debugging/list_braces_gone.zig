//@ compile-error: missing struct field: items
//@ title: An empty list is not an empty pair of braces
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    var ids: std.ArrayList(u32) = .{};
    defer ids.deinit(init.gpa);
    try ids.append(init.gpa, 7);
}
