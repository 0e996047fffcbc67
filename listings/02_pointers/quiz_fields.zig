//@ run
//@ title: Two fields of one batch
//@ same-output
const std = @import("std");

const Batch = struct { scores: [2]u8, labels: [2]u8 };

fn mix(to: []u8, from: []u8) void {
    to[0] = from[0];
    from[0] = 0;
}

pub fn main() void {
    var batch: Batch = .{ .scores = .{ 1, 2 }, .labels = .{ 7, 8 } };
    mix(&batch.scores, &batch.labels);
    std.debug.print("{d} {d}\n", .{ batch.scores[0], batch.labels[0] });
}
