//@ run
//@ title: An absurd request
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;

    const everything = std.math.maxInt(usize);
    const batch = gpa.alloc(u8, everything) catch |err| smaller: {
        std.debug.print("{t}, so a smaller batch\n", .{err});
        break :smaller try gpa.alloc(u8, 16);
    };
    defer gpa.free(batch);
    std.debug.print("{d} bytes\n", .{batch.len});
}
