//@ compile-error: cannot assign to constant
//@ variant: What if `items` is a `const`?
const std = @import("std");

const Item = struct { key: u8, count: u8 };

pub fn main() void {
    const items = [_]Item{ .{ .key = 1, .count = 0 }, .{ .key = 2, .count = 0 } };

    var copied = items[0];
    copied.count += 1;

    const pointed = &items[1];
    pointed.count += 1;

    std.debug.print("copied.count {d}\n", .{copied.count});
    for (items) |item| std.debug.print("item {d}: count {d}\n", .{ item.key, item.count });
}
