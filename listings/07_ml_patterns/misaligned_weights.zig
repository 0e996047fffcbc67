//@ panic: incorrect alignment
//@ title: A cast that promises an alignment

const std = @import("std");

const file align(4) = [_]u8{ 7, 0, 0, 128, 63, 0, 0, 0, 64 }; // one byte, then 1.0 and 2.0

pub fn main() void {
    var start: usize = 1; // behind the one byte
    _ = &start;
    const weights: []const f32 = @ptrCast(@alignCast(file[start..]));
    std.debug.print("{d}\n", .{weights[0]});
}
