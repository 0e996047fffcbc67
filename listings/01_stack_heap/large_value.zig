//@ run
//@ title: Samples by value, and a view of them
const std = @import("std");

const Samples = [100_000]f32;

fn louder(samples: Samples) Samples {
    var result = samples;
    for (&result) |*sample| sample.* *= 2;
    return result;
}

fn makeLouder(samples: []f32) void {
    for (samples) |*sample| sample.* *= 2;
}

pub fn main() void {
    var samples: Samples = @splat(1);
    const copy = louder(samples);
    makeLouder(&samples);
    std.debug.print("{d} and {d}\n", .{ copy[0], samples[0] });
    std.debug.print("by value {d} bytes\n", .{@sizeOf(Samples)});
    std.debug.print("by slice {d} words\n", .{@sizeOf([]f32) / @sizeOf(usize)});
}
