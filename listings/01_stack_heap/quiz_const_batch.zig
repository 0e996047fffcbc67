//@ run
//@ title: A constant batch
const std = @import("std");

const Batch = struct { first: []i32, count: usize };

pub fn main() void {
    var scores = [_]i32{ 4, 5 };
    const batch: Batch = .{ .first = &scores, .count = 2 };
    batch.first[1] += 1;
    std.debug.print("{d}\n", .{scores[1]});
}
