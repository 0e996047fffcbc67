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
    // TODO: divide each score by the sum. A parameter is constant: what can be changed?
    return scores;
}

/// Returns a view of `len` samples that begins at index `start`, or null if it does not fit.
/// The view belongs to whoever owns `samples`, and lives as long as they do.
pub fn window(samples: []f32, start: usize, len: usize) ?[]f32 {
    // TODO: return a slice of `samples`. Think of a `start` that is far too large.
    _ = .{ samples, start, len }; // remove this line
    return null;
}

/// Writes "sample-" and the number into `buffer` and returns the part that was written.
/// The text lives in the caller's buffer. error.NoSpaceLeft if it does not fit.
pub fn label(buffer: []u8, id: u32) ![]u8 {
    // TODO: put the text into `buffer`, and return the part of it that you filled.
    _ = .{ buffer, id }; // remove this line
    return error.Todo;
}

/// Returns a batch with the same gains and the same sample values that shares no memory with
/// `batch`: its samples are at the start of `storage`, which the caller owns.
/// error.NoSpaceLeft if `storage` is too small.
pub fn detached(batch: Batch, storage: []f32) !Batch {
    // TODO: check the room, copy the floats, and let the new batch point at the copy.
    _ = .{ batch, storage }; // remove this line
    return error.Todo;
}
