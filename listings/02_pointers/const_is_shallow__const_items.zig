//@ compile-error: cannot assign to constant
//@ variant: What if the field is a `[]const i32`?
const std = @import("std");

const Batch = struct { id: u8, scores: []const i32 };

fn summarize(batch: *const Batch) void {
    batch.scores[0] = 0;
}

pub fn main() void {
    var scores = [_]i32{ 50, 70 };
    const batch: Batch = .{ .id = 1, .scores = &scores };
    summarize(&batch);
    std.debug.print("batch {d}: {d} {d}\n", .{ batch.id, scores[0], scores[1] });
}
