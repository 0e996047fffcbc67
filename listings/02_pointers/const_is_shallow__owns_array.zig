//@ compile-error: cannot assign to constant
//@ variant: What if the batch holds an array, not a slice?
const std = @import("std");

const Batch = struct { id: u8, scores: [2]i32 };

fn summarize(batch: *const Batch) void {
    batch.scores[0] = 0;
}

pub fn main() void {
    const scores = [_]i32{ 50, 70 };
    const batch: Batch = .{ .id = 1, .scores = scores };
    summarize(&batch);
    std.debug.print("batch {d}: {d} {d}\n", .{ batch.id, scores[0], scores[1] });
}
