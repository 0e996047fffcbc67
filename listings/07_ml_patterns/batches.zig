//@ run
//@ title: Ten samples in batches of four
//@ same-output

const std = @import("std");
const Allocator = std.mem.Allocator;

/// How far each sample is from the mean of its batch. Caller owns the result.
fn centered(gpa: Allocator, scratch: *std.heap.ArenaAllocator, samples: []const f32, size: usize) ![]f32 {
    const results = try gpa.alloc(f32, samples.len);
    errdefer gpa.free(results);
    var done: usize = 0;
    while (done < samples.len) {
        const batch = samples[done..@min(done + size, samples.len)]; // a view; the last one is short
        const buffer = try scratch.allocator().dupe(f32, batch);
        defer _ = scratch.reset(.retain_capacity);
        var sum: f32 = 0;
        for (buffer) |x| sum += x;
        for (buffer) |*x| x.* -= sum / @as(f32, @floatFromInt(buffer.len));
        @memcpy(results[done..][0..buffer.len], buffer); // copied out before the reset
        std.debug.print("batch of {d}\n", .{buffer.len});
        done += batch.len;
    }
    return results;
}

pub fn main(init: std.process.Init) !void {
    var scratch: std.heap.ArenaAllocator = .init(init.gpa);
    defer scratch.deinit();
    const results = try centered(init.gpa, &scratch, &.{ 1, 2, 3, 4, 10, 20, 30, 40, 5, 7 }, 4);
    defer init.gpa.free(results);
    std.debug.print("results:", .{});
    for (results) |x| std.debug.print(" {d}", .{x});
    std.debug.print("\n", .{});
}
