//@ run
//@ title: The same sum in two orders
//@ mode: fast
//@ wasm: how long memory takes is a matter of the machine
const std = @import("std");

const side = 2048;

/// Adds up a square of numbers, row by row or column by column.
fn nanoseconds(io: std.Io, numbers: []const f32, by_rows: bool) i96 {
    const start = std.Io.Timestamp.now(io, .awake);
    var sum: f32 = 0;
    for (0..side) |i| for (0..side) |j| {
        sum += if (by_rows) numbers[i * side + j] else numbers[j * side + i];
    };
    std.mem.doNotOptimizeAway(sum);
    return start.untilNow(io, .awake).nanoseconds;
}

pub fn main(init: std.process.Init) !void {
    const numbers = try init.gpa.alloc(f32, side * side);
    defer init.gpa.free(numbers);
    @memset(numbers, 1);
    // Both in turn, ten times; of each the fastest round counts: the one that was disturbed least.
    var rows: i96 = std.math.maxInt(i96);
    var columns = rows;
    for (0..10) |_| {
        rows = @min(rows, nanoseconds(init.io, numbers, true));
        columns = @min(columns, nanoseconds(init.io, numbers, false));
    }
    std.debug.print("columns take more than twice as long: {}\n", .{columns > 2 * rows});
}
