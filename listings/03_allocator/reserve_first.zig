//@ run
//@ title: Room first, then a pointer
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;

    var list: std.ArrayList(i32) = .empty;
    defer list.deinit(gpa);
    try list.ensureTotalCapacity(gpa, 3);

    list.appendAssumeCapacity(1);
    const first = &list.items[0];
    list.appendAssumeCapacity(2);
    list.appendAssumeCapacity(3);
    std.debug.print("first points into the list: {}\n", .{first == &list.items[0]});
}
