//@ run
//@ variant: What if `other` is left out?
//@ trace
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;

    var list: std.ArrayList(i32) = try .initCapacity(gpa, 2);
    defer list.deinit(gpa);
    list.appendSliceAssumeCapacity(&.{ 1, 2 });

    const first = &list.items[0];
    try list.append(gpa, 3);
    std.debug.print("first points into the list: {}\n", .{first == &list.items[0]});
}
