//@ compile-error: expected type '?mem.Alignment', found 'comptime_int'
//@ title: An alignment is no longer a number
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const row = try init.gpa.alignedAlloc(f32, 64, 8);
    defer init.gpa.free(row);
}
