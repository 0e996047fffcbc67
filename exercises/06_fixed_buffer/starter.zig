//! Exercise 6: signal processing without a heap.
//!
//! All memory is a buffer that somebody else owns. A `FixedBufferAllocator` hands it out from the
//! front and takes back only what it handed out last.

const std = @import("std");
const FixedBufferAllocator = std.heap.FixedBufferAllocator;

/// Returns the probabilities that belong to `logits`: exp(logit), divided by the sum of all.
/// The result lives in `buffer` and needs 4 bytes of it for each logit, and nothing else does.
/// error.OutOfMemory if the buffer is too small. There is at least one logit.
pub fn softmax(buffer: []u8, logits: []const f32) ![]f32 {
    // TODO: make a `FixedBufferAllocator` over `buffer`. `@exp` and `std.mem.max` are there.
    _ = .{ buffer, logits }; // remove this line
    return error.Todo;
}

/// Returns the middle one of the sorted samples, or the mean of the two in the middle.
/// error.NoSamples without samples, error.OutOfMemory if the buffer has no room for a copy of them.
/// Gives back all that it took from `fba`, and nothing else.
pub fn median(fba: *FixedBufferAllocator, samples: []const f32) !f32 {
    // TODO: sort a copy. Whose is what `fba` handed out before, and how long is the copy yours?
    _ = .{ fba, samples }; // remove this line
    return error.Todo;
}

/// Returns a copy of the samples after `passes` rounds, in each of which every sample becomes the
/// mean of itself and its neighbors (one at the ends, two elsewhere) as they were before.
/// The result is allocated with `fba` and belongs to the caller; nothing else stays allocated.
/// error.OutOfMemory if there is not room for two copies; then nothing stays allocated.
pub fn smooth(fba: *FixedBufferAllocator, samples: []const f32, passes: usize) ![]f32 {
    // TODO: two allocations, one of which goes back. In which order?
    _ = .{ fba, samples, passes }; // remove this line
    return error.Todo;
}
