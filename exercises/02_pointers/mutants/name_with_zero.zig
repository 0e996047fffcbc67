//@ killed-by: A class name ends before the zero byte
// Counts the terminating zero as a part of the text, as C's sizeof does.

//! Exercise 2: change data in place, and point into it.
//!
//! Nothing here is copied and nothing is allocated: every pointer that comes in or goes out
//! points into memory that the caller owns.

const std = @import("std");

/// One sample of a data set and the score that a model gave it.
pub const Sample = struct {
    id: u32,
    score: f32,
};

/// Exchanges the two values. `a` and `b` may point at the same one.
pub fn swap(a: *f32, b: *f32) void {
    const kept = a.*;
    a.* = b.*;
    b.* = kept;
}

/// Limits every gradient to the range from -limit to +limit, in place.
/// Returns how many of them were changed. `limit` is not negative.
pub fn clip(gradients: []f32, limit: f32) usize {
    var changed: usize = 0;
    for (gradients) |*gradient| {
        const clipped = std.math.clamp(gradient.*, -limit, limit);
        if (clipped != gradient.*) changed += 1;
        gradient.* = clipped;
    }
    return changed;
}

/// Returns a pointer to the sample with the highest score; the first one if several have it;
/// null if there are no samples. The pointer is valid as long as `samples` is.
pub fn best(samples: []Sample) ?*Sample {
    if (samples.len == 0) return null;
    var winner = &samples[0];
    for (samples[1..]) |*sample| {
        if (sample.score > winner.score) winner = sample;
    }
    return winner;
}

/// Returns the name without the zero byte that ends it, as a view of the same memory.
/// C libraries hand out names like this: a pointer, no length, a zero at the end.
pub fn className(text: [*:0]const u8) []const u8 {
    var len: usize = 0;
    while (text[len] != 0) len += 1;
    return text[0 .. len + 1];
}
