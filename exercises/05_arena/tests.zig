const exercise = @import("exercise");
const std = @import("std");
const testing = std.testing;
const Allocator = std.mem.Allocator;
const ArenaAllocator = std.heap.ArenaAllocator;
const FailingAllocator = testing.FailingAllocator;
const FixedBufferAllocator = std.heap.FixedBufferAllocator;

/// Prints where to look, then fails the test.
fn hint(comptime advice: []const u8) error{TestFailed} {
    std.debug.print("\nhint: " ++ advice ++ "\n", .{});
    return error.TestFailed;
}

/// Whether all of `bytes` is in `buffer`. Looks at the address only, so `bytes` may be gone.
fn isInside(buffer: []const u8, bytes: []const u8) bool {
    const offset = @intFromPtr(bytes.ptr) -% @intFromPtr(buffer.ptr);
    return offset <= buffer.len and bytes.len <= buffer.len - offset;
}

var scratch_buffer: [16 * 1024]u8 align(16) = undefined;
var result_buffer: [16 * 1024]u8 align(16) = undefined;

test "Words are in lower case and none is empty" {
    var arena: ArenaAllocator = .init(testing.allocator);
    defer arena.deinit();
    const found = try exercise.words(arena.allocator(), " The  Quick fox ");
    if (found.len != 3) return hint("several spaces separate two words as well as one does");
    try testing.expectEqualStrings("the", found[0]);
    try testing.expectEqualStrings("quick", found[1]);
    try testing.expectEqualStrings("fox", found[2]);
    const none = try exercise.words(arena.allocator(), "   ");
    try testing.expectEqual(0, none.len);
}

test "The keyword is the longest word, the first of equals" {
    var arena: ArenaAllocator = .init(testing.allocator);
    defer arena.deinit();
    const a = arena.allocator();
    try testing.expectEqualStrings("gradient", try exercise.keyword(a, a, "the Gradient is steep"));
    testing.expectEqualStrings("loss", try exercise.keyword(a, a, "a loss rate")) catch
        return hint("which word wins if two are as long?");
    testing.expectEqualStrings("tree", try exercise.keyword(a, a, "tree leaf")) catch
        return hint("which word wins if two are as long?");
    try testing.expectEqualStrings("", try exercise.keyword(a, a, ""));
}

test "The keyword is in the memory of the result" {
    var scratch: FixedBufferAllocator = .init(&scratch_buffer);
    var result: FixedBufferAllocator = .init(&result_buffer);
    const word = try exercise.keyword(result.allocator(), scratch.allocator(), "one Seven two");
    if (!isInside(&result_buffer, word))
        return hint("the keyword is in scratch memory: it will be gone before the caller reads it");
    try testing.expectEqualStrings("seven", word);
}

test "The keyword is all that the result allocator is asked for" {
    var scratch: FixedBufferAllocator = .init(&scratch_buffer);
    var result: FixedBufferAllocator = .init(&result_buffer);
    var counting: FailingAllocator = .init(result.allocator(), .{});
    const word = try exercise.keyword(counting.allocator(), scratch.allocator(), "one Seven two");
    if (counting.allocated_bytes > word.len)
        return hint("more than the keyword was allocated for the caller to keep");
    try testing.expectEqual(word.len, counting.allocated_bytes);
}

const texts = [_][]const u8{ "the Weights and the bias", "", "learning rate", "Momentum of SGD" };
const expected = [_][]const u8{ "weights", "", "learning", "momentum" };

test "Every text of a batch has its keyword, and the keywords outlive the scratch memory" {
    var scratch: FixedBufferAllocator = .init(&scratch_buffer);
    var result: FixedBufferAllocator = .init(&result_buffer);
    const found = try exercise.keywords(scratch.allocator(), result.allocator(), &texts);
    // The places are compared first: memory that is gone must not be read.
    if (!isInside(&result_buffer, @ptrCast(found)))
        return hint("the slice of keywords is not in result memory");
    try testing.expectEqual(texts.len, found.len);
    for (found, expected) |word, expected_word| {
        if (word.len > 0 and !isInside(&result_buffer, word))
            return hint("the slice is in result memory, but what its texts point at is not");
        try testing.expectEqualStrings(expected_word, word);
    }
}

test "A batch puts nothing into result memory but what it returns" {
    var scratch: FixedBufferAllocator = .init(&scratch_buffer);
    var result: FixedBufferAllocator = .init(&result_buffer);
    var counting: FailingAllocator = .init(result.allocator(), .{});
    const found = try exercise.keywords(scratch.allocator(), counting.allocator(), &texts);
    var needed = found.len * @sizeOf([]const u8);
    for (expected) |word| needed += word.len;
    if (counting.allocated_bytes > needed)
        return hint("the caller keeps result memory for long: what else did you put there?");
    try testing.expectEqual(needed, counting.allocated_bytes);
}

test "A batch gives all of its scratch memory back" {
    var scratch: FixedBufferAllocator = .init(&scratch_buffer);
    var result: FixedBufferAllocator = .init(&result_buffer);
    var counting: FailingAllocator = .init(scratch.allocator(), .{});
    _ = try exercise.keywords(counting.allocator(), result.allocator(), &texts);
    if (counting.allocations == 0) return hint("scratch memory comes from the first allocator");
    if (counting.allocated_bytes != counting.freed_bytes)
        return hint("scratch memory is still allocated after the return");
}

/// How many bytes of scratch memory are allocated, freed ones included, for `count` equal texts.
fn scratchBytes(count: usize) !usize {
    var text: [2000]u8 = undefined;
    for (&text, 0..) |*byte, i| byte.* = if (i % 5 == 4) ' ' else 'w'; // 400 short words
    const many: [100][]const u8 = @splat(&text);
    var result: FixedBufferAllocator = .init(&result_buffer);
    var arena: ArenaAllocator = .init(testing.allocator); // keeps what a forgotten deinit leaves
    defer arena.deinit();
    var counting: FailingAllocator = .init(arena.allocator(), .{});
    _ = try exercise.keywords(counting.allocator(), result.allocator(), many[0..count]);
    return counting.allocated_bytes;
}

test "A hundred texts use the scratch memory of a few" {
    const one = try scratchBytes(1);
    const hundred = try scratchBytes(100);
    if (hundred > 5 * one) {
        std.debug.print("\none text: {d} bytes, a hundred texts: {d} bytes", .{ one, hundred });
        return hint("what happens to the arena between two texts? Is its memory used again?");
    }
}

fn batch(gpa: Allocator) anyerror!void {
    var result: ArenaAllocator = .init(gpa);
    defer result.deinit();
    _ = try exercise.keywords(gpa, result.allocator(), &texts);
}

test "Wherever scratch memory runs out, nothing leaks" {
    try batch(testing.allocator);
    // A reset may try to get memory and go on without it, so not every failure is an error here.
    for (0..16) |fail_index| {
        var failing: FailingAllocator = .init(testing.allocator, .{ .fail_index = fail_index });
        batch(failing.allocator()) catch |err| if (err != error.OutOfMemory) return err;
        if (failing.allocated_bytes != failing.freed_bytes)
            return hint("an allocation failed: who gives the scratch memory back on that way out?");
    }
}

test "Wherever result memory runs out, nothing leaks" {
    for (0..3) |fail_index| {
        var result: FixedBufferAllocator = .init(&result_buffer);
        var failing: FailingAllocator = .init(result.allocator(), .{ .fail_index = fail_index });
        var scratch: FailingAllocator = .init(testing.allocator, .{});
        const found = exercise.keywords(scratch.allocator(), failing.allocator(), &texts);
        testing.expectError(error.OutOfMemory, found) catch
            return hint("an allocation failed and the caller was not told");
        if (scratch.allocated_bytes != scratch.freed_bytes)
            return hint("an allocation failed: who gives the scratch memory back on that way out?");
    }
}
