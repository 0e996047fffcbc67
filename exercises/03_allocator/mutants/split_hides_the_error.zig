//@ killed-by: If the second allocation of split fails, the first is freed
// Turns out of memory into an empty result, so that the caller loses data and does not know.

//! Exercise 3: ask for memory, use it, hand it over.
//!
//! Every function takes the allocator that it may use. What it returns belongs to the caller, who
//! frees it with that same allocator. On an error, nothing stays allocated.

const std = @import("std");
const Allocator = std.mem.Allocator;

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
    const high = gpa.alloc(f32, high_count) catch return .{ .low = low, .high = low[0..0] };

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
    var list: std.ArrayList([]u8) = .empty;
    errdefer {
        for (list.items) |own| gpa.free(own);
        list.deinit(gpa);
    }
    while (words.next()) |word| {
        const is_known = for (list.items) |own| {
            if (std.mem.eql(u8, own, word)) break true;
        } else false;
        if (is_known) continue;
        try list.ensureUnusedCapacity(gpa, 1);
        list.appendAssumeCapacity(try gpa.dupe(u8, word));
    }
    return list.toOwnedSlice(gpa);
}

/// Takes half of the largest batch, rounded down, and appends it as a batch of its own. If several are
/// the largest, it is the first of them. There is at least one batch. The list belongs to the caller.
/// On an error all batches are as they were.
pub fn halveLargest(gpa: Allocator, batches: *std.ArrayList(usize)) !void {
    var largest: usize = 0;
    for (batches.items, 0..) |batch, i| {
        if (batch > batches.items[largest]) largest = i;
    }
    const half = batches.items[largest] / 2;
    try batches.append(gpa, half);
    batches.items[largest] -= half;
}
