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
    // The allocator lives on this frame and goes with it. The memory that it hands out does not:
    // that is the caller's buffer.
    var fba: FixedBufferAllocator = .init(buffer);
    const result = try fba.allocator().alloc(f32, logits.len);

    // Without subtracting the largest, exp(1000) would be infinite.
    const largest = std.mem.max(f32, logits);
    var sum: f32 = 0;
    for (result, logits) |*probability, logit| {
        probability.* = @exp(logit - largest);
        sum += probability.*;
    }
    for (result) |*probability| probability.* /= sum;
    return result;
}

/// Returns the middle one of the sorted samples, or the mean of the two in the middle.
/// error.NoSamples without samples, error.OutOfMemory if the buffer has no room for a copy of them.
/// Gives back all that it took from `fba`, and nothing else.
pub fn median(fba: *FixedBufferAllocator, samples: []const f32) !f32 {
    if (samples.len == 0) return error.NoSamples;
    const gpa = fba.allocator();

    const sorted = try gpa.dupe(f32, samples);
    defer gpa.free(sorted); // not `reset`: what is in the buffer already is the caller's
    std.mem.sortUnstable(f32, sorted, {}, std.sort.asc(f32));

    const middle = sorted.len / 2;
    if (sorted.len % 2 == 1) return sorted[middle];
    return (sorted[middle - 1] + sorted[middle]) / 2;
}

/// Returns a copy of the samples after `passes` rounds, in each of which every sample becomes the
/// mean of itself and its neighbors (one at the ends, two elsewhere) as they were before.
/// The result is allocated with `fba` and belongs to the caller; nothing else stays allocated.
/// error.OutOfMemory if there is not room for two copies; then nothing stays allocated.
pub fn smooth(fba: *FixedBufferAllocator, samples: []const f32, passes: usize) ![]f32 {
    const gpa = fba.allocator();

    // The result first, the temporary copy second: only the last allocation can be given back.
    const result = try gpa.alloc(f32, samples.len);
    errdefer gpa.free(result);
    const before = try gpa.alloc(f32, samples.len);
    defer gpa.free(before);

    @memcpy(result, samples);
    for (0..passes) |_| {
        // Copied, not swapped: the result has to end up in the allocation that stays.
        @memcpy(before, result);
        for (result, 0..) |*mean, i| {
            const neighborhood = before[i -| 1..@min(i + 2, before.len)];
            var sum: f32 = 0;
            for (neighborhood) |sample| sum += sample;
            mean.* = sum / @as(f32, @floatFromInt(neighborhood.len));
        }
    }
    return result;
}
