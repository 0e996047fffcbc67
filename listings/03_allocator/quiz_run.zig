//@ leak
//@ title: The name and the losses of a run
const std = @import("std");

const Run = struct { name: []u8, losses: []f32 };

/// The caller owns both slices.
fn start(gpa: std.mem.Allocator, name: []const u8) !Run {
    const copy = try gpa.dupe(u8, name);
    errdefer gpa.free(copy);
    const losses = try gpa.alloc(f32, 2);
    @memset(losses, 0);
    return .{ .name = copy, .losses = losses };
}

pub fn main(init: std.process.Init) !void {
    const run = try start(init.gpa, "adam");
    defer init.gpa.free(run.losses);
    std.debug.print("{s} {d}\n", .{ run.name, run.losses.len });
}
