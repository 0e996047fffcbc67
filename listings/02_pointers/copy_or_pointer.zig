//@ run
//@ title: Two ways to take an item
//@ trace
const std = @import("std");

const Item = struct { key: u8, count: u8 };

pub fn main() void {
    var items = [_]Item{ .{ .key = 1, .count = 0 }, .{ .key = 2, .count = 0 } };

    var copied = items[0];
    copied.count += 1;

    const pointed = &items[1];
    pointed.count += 1;

    std.debug.print("copied.count {d}\n", .{copied.count});
    for (items) |item| std.debug.print("item {d}: count {d}\n", .{ item.key, item.count });
}
