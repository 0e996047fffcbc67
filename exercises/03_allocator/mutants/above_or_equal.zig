//@ killed-by: Above keeps the scores above the threshold in their order
// Reads "above" as "at least".

//! Exercise 3: ask for memory, use it, hand it over.
//!
//! Every function takes the allocator that it may use. What it returns belongs to the caller, who
//! frees it with that same allocator. On an error, nothing stays allocated.

const std = @import("std");
const Allocator = std.mem.Allocator;

/// Returns the scores that are greater than `threshold`, in their order.
/// Allocates once, exactly what is returned. The caller owns the result and frees it with `gpa`.
pub fn above(gpa: Allocator, scores: []const f32, threshold: f32) ![]f32 {
    var count: usize = 0;
    for (scores) |score| {
        if (score >= threshold) count += 1;
    }

    const result = try gpa.alloc(f32, count);
    var next: usize = 0;
    for (scores) |score| {
        if (score >= threshold) {
            result[next] = score;
            next += 1;
        }
    }
    return result;
}

/// Returns the tokens one after the other, with `separator` between them.
/// Allocates once, exactly what is returned. The caller owns the result and frees it with `gpa`.
pub fn join(gpa: Allocator, tokens: []const []const u8, separator: []const u8) ![]u8 {
    if (tokens.len == 0) return gpa.alloc(u8, 0);

    var len = separator.len * (tokens.len - 1);
    for (tokens) |token| len += token.len;

    const text = try gpa.alloc(u8, len);
    var end: usize = 0;
    for (tokens, 0..) |token, i| {
        if (i > 0) {
            @memcpy(text[end..][0..separator.len], separator);
            end += separator.len;
        }
        @memcpy(text[end..][0..token.len], token);
        end += token.len;
    }
    std.debug.assert(end == text.len);
    return text;
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
    var high_count: usize = 0;
    for (scores) |score| {
        if (score > threshold) high_count += 1;
    }

    const low = try gpa.alloc(f32, scores.len - high_count);
    errdefer gpa.free(low);
    const high = try gpa.alloc(f32, high_count);

    var low_next: usize = 0;
    var high_next: usize = 0;
    for (scores) |score| {
        if (score > threshold) {
            high[high_next] = score;
            high_next += 1;
        } else {
            low[low_next] = score;
            low_next += 1;
        }
    }
    return .{ .low = low, .high = high };
}
