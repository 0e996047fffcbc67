//@ run
//@ title: Words counted as they are read
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;

    var counts: std.StringHashMapUnmanaged(u32) = .empty;
    defer counts.deinit(gpa);

    var line: [3]u8 = undefined; // each word is read into this buffer
    for ([_]*const [3]u8{ "cat", "dog" }) |word| {
        line = word.*;
        try counts.put(gpa, &line, 1);
    }
    std.debug.print("entries {d}\n", .{counts.count()});
    std.debug.print("cat {}, dog {}\n", .{ counts.contains("cat"), counts.contains("dog") });
}
