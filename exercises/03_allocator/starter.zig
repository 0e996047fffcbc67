//! Exercise 3: ask for memory, use it, hand it over.
//!
//! Every function takes the allocator that it may use. What it returns belongs to the caller, who
//! frees it with that same allocator. On an error, nothing stays allocated.

const std = @import("std");
const Allocator = std.mem.Allocator;

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

/// Words that come in one after the other, as from a file. There is nothing to write here.
pub const Words = struct {
    text: []const u8,
    /// Where the word is that came last.
    place: [16]u8 = undefined,

    /// Reads the next word, or returns null after the last one. Each word is read into the same
    /// place, so it is there until the next one comes. A word has at most 16 bytes.
    pub fn next(self: *Words) ?[]u8 {
        self.text = std.mem.trimStart(u8, self.text, " ");
        if (self.text.len == 0) return null;
        const len = std.mem.findScalar(u8, self.text, ' ') orelse self.text.len;
        const word = self.place[0..len];
        @memcpy(word, self.text[0..len]);
        self.text = self.text[len..];
        return word;
    }
};

/// Returns every different word, in the order in which they first came. Nothing else stays
/// allocated. The caller owns the words and the slice of them, and frees each with `gpa`.
pub fn vocabulary(gpa: Allocator, words: *Words) ![][]u8 {
    // TODO: nobody knows how many words will come. What do you hold when there is no memory for one more?
    _ = .{ gpa, words }; // remove this line
    return error.Todo;
}

/// Takes half of the largest batch, rounded down, and appends it as a batch of its own. If several are
/// the largest, it is the first of them. There is at least one batch. The list belongs to the caller.
/// On an error all batches are as they were.
pub fn halveLargest(gpa: Allocator, batches: *std.ArrayList(usize)) !void {
    // TODO: one line may fail, and may move all batches. Which lines come before it, which after?
    _ = .{ gpa, batches }; // remove this line
    return error.Todo;
}
