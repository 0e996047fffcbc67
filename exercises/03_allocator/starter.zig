//! Exercise 3: ask for memory, use it, hand it over.
//!
//! Every function takes the allocator that it may use. What it returns belongs to the caller, who
//! frees it with that same allocator. On an error, nothing stays allocated.

const std = @import("std");
const Allocator = std.mem.Allocator;

/// Returns the scores that are greater than `threshold`, in their order.
/// Allocates once, exactly what is returned. The caller owns the result and frees it with `gpa`.
pub fn above(gpa: Allocator, scores: []const f32, threshold: f32) ![]f32 {
    // TODO: two passes. Count, allocate, fill.
    _ = .{ gpa, scores, threshold }; // remove this line
    return error.Todo;
}

/// Returns the tokens one after the other, with `separator` between them.
/// Allocates once, exactly what is returned. The caller owns the result and frees it with `gpa`.
pub fn join(gpa: Allocator, tokens: []const []const u8, separator: []const u8) ![]u8 {
    // TODO: measure first. How many separators are there between no tokens?
    _ = .{ gpa, tokens, separator }; // remove this line
    return error.Todo;
}

/// The scores on the two sides of a threshold. Both slices belong to whoever has this struct.
pub const Parts = struct {
    low: []f32,
    high: []f32,
};

/// Splits the scores: `high` gets those greater than `threshold`, `low` the others, in their order.
/// Allocates twice, together as many floats as there are scores.
/// The caller owns both parts and frees each with `gpa`.
pub fn split(gpa: Allocator, scores: []const f32, threshold: f32) !Parts {
    // TODO: two allocations. What if the second one fails?
    _ = .{ gpa, scores, threshold }; // remove this line
    return error.Todo;
}
