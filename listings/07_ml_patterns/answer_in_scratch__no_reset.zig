//@ run
//@ variant: What if the scratch is not reset between the requests?

const std = @import("std");

fn infer(scratch: std.mem.Allocator, x: f32) ![]f32 {
    const y = try scratch.alloc(f32, 2);
    y[0] = x;
    y[1] = -x;
    return y;
}

pub fn main(init: std.process.Init) !void {
    var scratch: std.heap.ArenaAllocator = .init(init.gpa);
    defer scratch.deinit();

    const first = try infer(scratch.allocator(), 1);
    const kept: [2]f32 = first[0..2].*; // a copy
    const second = try infer(scratch.allocator(), 2);

    std.debug.print("first {d} {d}\n", .{ first[0], first[1] });
    std.debug.print("second {d} {d}\n", .{ second[0], second[1] });
    std.debug.print("kept {d} {d}\n", .{ kept[0], kept[1] });
}
