//@ run
//@ title: A list with room for three
const std = @import("std");

pub fn main() !void {
    var storage: [3]u8 = undefined;
    var recent: std.ArrayList(u8) = .initBuffer(&storage);

    for ([_]u8{ 10, 20, 30, 40 }) |sample| {
        recent.appendBounded(sample) catch |err| {
            std.debug.print("{d}: {t}\n", .{ sample, err });
        };
    }
    std.debug.print("{d} items, the last is {d}\n", .{ recent.items.len, recent.items[2] });
}
