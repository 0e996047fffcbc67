const std = @import("std");

fn at(items: []const u8, index: usize) u8 {
    return items[index];
}

pub fn main() void {
    const items = [_]u8{ 1, 2, 3 };
    std.debug.print("{d}\n", .{at(&items, 5)});
}
