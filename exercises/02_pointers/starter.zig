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
    // TODO: `a.*` is the value that `a` points at.
    _ = .{ a, b }; // remove this line
}

/// Limits every gradient to the range from -limit to +limit, in place.
/// Returns how many of them were changed. `limit` is not negative.
pub fn clip(gradients: []f32, limit: f32) usize {
    // TODO: change the elements themselves, and count.
    _ = .{ gradients, limit }; // remove this line
    return 0;
}

/// Returns a pointer to the sample with the highest score; the first one if several have it;
/// null if there are no samples. The pointer is valid as long as `samples` is.
pub fn best(samples: []Sample) ?*Sample {
    // TODO: the result points into `samples`, not at a copy.
    _ = samples; // remove this line
    return null;
}

/// Returns the name without the zero byte that ends it, as a view of the same memory.
/// C libraries hand out names like this: a pointer, no length, a zero at the end.
pub fn className(text: [*:0]const u8) []const u8 {
    // TODO: find the zero, then make a slice. A many-item pointer can be indexed and sliced.
    _ = text; // remove this line
    return "";
}
