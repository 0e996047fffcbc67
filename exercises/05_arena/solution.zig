//! Exercise 5: a batch with two kinds of memory.
//!
//! What is only needed while one text is worked on is scratch memory, what the caller gets is
//! result memory. A function that needs both takes two allocators.

const std = @import("std");
const Allocator = std.mem.Allocator;

/// Returns the words of `text` in lower case. Words are separated by one or more spaces.
/// Everything is allocated with `arena` and stays there until the arena goes: the caller frees
/// nothing of it by itself.
pub fn words(arena: Allocator, text: []const u8) ![]const []const u8 {
    const lower = try std.ascii.allocLowerString(arena, text);
    var list: std.ArrayList([]const u8) = .empty;
    var tokens = std.mem.tokenizeScalar(u8, lower, ' ');
    while (tokens.next()) |word| try list.append(arena, word); // views of `lower`
    return list.items; // no `toOwnedSlice`, no `errdefer`: the arena keeps and frees it all
}

/// Returns the longest word of `text` in lower case, the first one if several are as long, and ""
/// if there is no word. The returned text is allocated with `result`, all else with `scratch`.
pub fn keyword(result: Allocator, scratch: Allocator, text: []const u8) ![]const u8 {
    var longest: []const u8 = "";
    for (try words(scratch, text)) |word| {
        if (word.len > longest.len) longest = word;
    }
    return result.dupe(u8, longest); // `longest` points into scratch memory and dies with it
}

/// Returns the keyword of each text. The returned slice and its texts are allocated with `result`
/// (an arena of the caller's) and nothing else is. Scratch memory comes from `gpa`: it is used
/// again for each text, and all of it is given back before the return.
pub fn keywords(gpa: Allocator, result: Allocator, texts: []const []const u8) ![]const []const u8 {
    var scratch: std.heap.ArenaAllocator = .init(gpa);
    defer scratch.deinit(); // on success and on every error

    const found = try result.alloc([]const u8, texts.len);
    for (texts, found) |text, *slot| {
        // Everything of the text before is forgotten; its memory is kept for this one.
        _ = scratch.reset(.retain_capacity);
        slot.* = try keyword(result, scratch.allocator(), text);
    }
    return found;
}
