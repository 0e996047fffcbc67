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
    // TODO: the text in lower case, and a list of its words. Which of the two do the words live in?
    _ = .{ arena, text }; // remove this line
    return error.Todo;
}

/// Returns the longest word of `text` in lower case, the first one if several are as long, and ""
/// if there is no word. The returned text is allocated with `result`, all else with `scratch`.
pub fn keyword(result: Allocator, scratch: Allocator, text: []const u8) ![]const u8 {
    // TODO: find it among the words. Where does it have to be when you return it?
    _ = .{ result, scratch, text }; // remove this line
    return error.Todo;
}

/// Returns the keyword of each text. The returned slice and its texts are allocated with `result`
/// (an arena of the caller's) and nothing else is. Scratch memory comes from `gpa`: it is used
/// again for each text, and all of it is given back before the return.
pub fn keywords(gpa: Allocator, result: Allocator, texts: []const []const u8) ![]const []const u8 {
    // TODO: an arena over `gpa`. What happens to it between two texts?
    _ = .{ gpa, result, texts }; // remove this line
    return error.Todo;
}
