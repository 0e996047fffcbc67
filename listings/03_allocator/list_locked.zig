//@ panic: reached unreachable code
//@ title: A list that is locked
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;

    var list: std.ArrayList(i32) = try .initCapacity(gpa, 2);
    defer list.deinit(gpa);
    list.appendSliceAssumeCapacity(&.{ 1, 2 });

    const first = &list.items[0];
    list.lockPointers();
    defer list.unlockPointers();
    try list.append(gpa, 3);
    first.* = 10;
}
