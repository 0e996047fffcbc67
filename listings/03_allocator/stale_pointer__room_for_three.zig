//@ run
//@ variant: What if the list has room for three items at the start?
//@ trace
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;

    var list: std.ArrayList(i32) = try .initCapacity(gpa, 3);
    defer list.deinit(gpa);
    list.appendSliceAssumeCapacity(&.{ 1, 2 });

    const other = try gpa.create(i32); // takes the place behind the list's block
    defer gpa.destroy(other);
    other.* = 9;

    const first = &list.items[0];
    try list.append(gpa, 3);
    std.debug.print("first points into the list: {}\n", .{first == &list.items[0]});
}
