//@ run
//@ title: A scratch buffer for each sample
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    for (1..4) |n| {
        const scratch = try init.gpa.alloc(u8, n);
        defer init.gpa.free(scratch);

        @memset(scratch, 1);
        std.debug.print("{d} ", .{scratch.len});
    }
    std.debug.print("\n", .{});
}
