//@ run
//@ title: Floats put together from bytes
//@ same-output

const std = @import("std");

const file = [_]u8{ 7, 0, 0, 128, 63, 0, 0, 0, 64 }; // one byte, then 1.0 and 2.0

pub fn main(init: std.process.Init) !void {
    const bytes = file[1..];
    const weights = try init.gpa.alloc(f32, bytes.len / 4);
    defer init.gpa.free(weights);
    for (weights, 0..) |*w, i| {
        w.* = @bitCast(std.mem.readInt(u32, bytes[4 * i ..][0..4], .little));
    }
    std.debug.print("{d} {d}\n", .{ weights[0], weights[1] });
}
