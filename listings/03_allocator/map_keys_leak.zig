//@ leak
//@ title: The map is freed, and its keys?
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;

    var counts: std.StringHashMapUnmanaged(u32) = .empty;
    defer counts.deinit(gpa);

    for ([_][]const u8{ "cat", "cat" }) |word| {
        try counts.put(gpa, try gpa.dupe(u8, word), 1);
    }
    std.debug.print("entries {d}\n", .{counts.count()});
}
