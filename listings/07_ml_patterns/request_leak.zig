//@ leak
//@ title: Three requests, one with a bad pixel

const std = @import("std");

fn infer(gpa: std.mem.Allocator, x: []const f32) !f32 {
    const hidden = try gpa.alloc(f32, x.len);
    for (hidden, x) |*h, v| {
        if (v < 0) return error.NegativePixel;
        h.* = v / 16;
    }
    const answer = hidden[0] + hidden[1];
    gpa.free(hidden);
    return answer;
}

pub fn main(init: std.process.Init) !void {
    const requests = [_][2]f32{ .{ 8, 8 }, .{ 4, -1 }, .{ 16, 0 } };
    for (requests) |x| {
        if (infer(init.gpa, &x)) |y| {
            std.debug.print("{d}\n", .{y});
        } else |err| {
            std.debug.print("{t}\n", .{err});
        }
    }
}
