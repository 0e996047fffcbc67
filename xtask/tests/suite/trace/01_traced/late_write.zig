//! Blocks that are written to when they have been freed: one by a pointer that was kept, one by nobody.
const std = @import("std");

const Pair = struct { left: u32, right: u32 };

fn kept(gpa: std.mem.Allocator) !*Pair {
    const pair = try gpa.create(Pair);
    pair.* = .{ .left = 1, .right = 2 };
    return pair;
}

fn touch(pair: *Pair) void {
    pair.right = 7;
}

pub fn main(init: std.process.Init) !void {
    const pair = try kept(init.gpa);
    const other = try init.gpa.create(Pair);
    init.gpa.destroy(other);
    init.gpa.destroy(pair);
    touch(pair);
    std.debug.print("end\n", .{});
}
