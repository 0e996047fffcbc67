//@ run
//@ title: A view of a list
//@ trace
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;

    var tokens: std.ArrayList(i32) = try .initCapacity(gpa, 2);
    defer tokens.deinit(gpa);
    tokens.appendSliceAssumeCapacity(&.{ 3, 4 });

    const count = try gpa.create(i32);
    defer gpa.destroy(count);
    count.* = 2;

    const view = tokens.items[1..];
    try tokens.append(gpa, 5);
    std.debug.print("{d} tokens, a view of {d}\n", .{ tokens.items.len, view.len });
}
