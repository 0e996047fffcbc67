//@ run
//@ title: A pointer to the second item, and an insertion
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;

    var list: std.ArrayList(i32) = try .initCapacity(gpa, 4);
    defer list.deinit(gpa);
    list.appendSliceAssumeCapacity(&.{ 1, 2 });

    const second = &list.items[1];
    list.insertAssumeCapacity(0, 7); // there is room
    std.debug.print("second.* {d}, list.items[1] {d}\n", .{ second.*, list.items[1] });
    _ = list.orderedRemove(0);
    std.debug.print("second.* {d}, list.items[1] {d}\n", .{ second.*, list.items[1] });
}
