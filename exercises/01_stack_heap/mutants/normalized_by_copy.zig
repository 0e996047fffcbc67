//@ killed-by: Normalized scores add up to one
// Thinks that changing a loop variable changes the array, as with a list of objects in Python.

//! Exercise 1: values, views and lifetimes.
//!
//! Nothing here needs an allocator. Each function either returns a value (the caller gets a
//! copy), or a view (the caller gets a pointer into memory that it already owns).

const std = @import("std");

/// Two gains and the samples they apply to. Copying this struct copies the gains, but only the
/// pointer and the length of `samples`: both copies then look at the same floats.
pub const Batch = struct {
    gains: [2]f32,
    samples: []f32,
};

/// Returns the scores divided by their sum, so that they add up to 1.
/// If the sum is 0, every score becomes 0.25.
/// The result is a value: the caller's array does not change.
pub fn normalized(scores: [4]f32) [4]f32 {
    var sum: f32 = 0;
    for (scores) |score| sum += score;
    if (sum == 0) return @splat(0.25);

    const result = scores;
    for (&result) |score| {
        var changed = score;
        changed /= sum;
    }
    return result;
}

/// Returns a view of `len` samples that begins at index `start`, or null if it does not fit.
/// The view belongs to whoever owns `samples`, and lives as long as they do.
pub fn window(samples: []f32, start: usize, len: usize) ?[]f32 {
    if (start > samples.len) return null;
    if (len > samples.len - start) return null;
    return samples[start..][0..len];
}

/// Writes "sample-" and the number into `buffer` and returns the part that was written.
/// The text lives in the caller's buffer. error.NoSpaceLeft if it does not fit.
pub fn label(buffer: []u8, id: u32) ![]u8 {
    return std.mem.print(buffer, "sample-{d}", .{id});
}

/// Returns a batch with the same gains and the same sample values that shares no memory with
/// `batch`: its samples are at the start of `storage`, which the caller owns.
/// error.NoSpaceLeft if `storage` is too small.
pub fn detached(batch: Batch, storage: []f32) !Batch {
    if (storage.len < batch.samples.len) return error.NoSpaceLeft;
    const samples = storage[0..batch.samples.len];
    @memcpy(samples, batch.samples);
    return .{ .gains = batch.gains, .samples = samples };
}
