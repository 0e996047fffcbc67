const exercise = @import("exercise");
const std = @import("std");
const testing = std.testing;
const Allocator = std.mem.Allocator;
const FailingAllocator = testing.FailingAllocator;
const FixedBufferAllocator = std.heap.FixedBufferAllocator;

/// Prints where to look, then fails the test.
fn hint(comptime advice: []const u8) error{TestFailed} {
    std.debug.print("\nhint: " ++ advice ++ "\n", .{});
    return error.TestFailed;
}

const scores = [_]f32{ 0.9, 0.1, 0.5, 0.7, 0.2, 0.8 };

// Eleven different words: more than a list of slices has room for at first.
const sentence = "the cat and the dog and the bird sat on a mat in the sun";
const expected_words = [_][]const u8{ "the", "cat", "and", "dog", "bird", "sat", "on", "a", "mat", "in", "sun" };

// The first tests take their memory from a buffer on the stack, which forgives a wrong `free`.
// So a mistake shows itself as a failed test and does not stop the run.

test "Join puts the separator between the tokens and nowhere else" {
    var buffer: [1024]u8 align(16) = undefined;
    var fba: FixedBufferAllocator = .init(&buffer);
    const text = try exercise.join(fba.allocator(), &.{ "the", "quick", "", "fox" }, ", ");
    testing.expectEqualStrings("the, quick, , fox", text) catch
        return hint("four tokens have three separators between them");
    const one = try exercise.join(fba.allocator(), &.{"alone"}, ", ");
    testing.expectEqualStrings("alone", one) catch return hint("one token has no separator");
}

test "Join allocates once and exactly the text" {
    var buffer: [1024]u8 align(16) = undefined;
    var fba: FixedBufferAllocator = .init(&buffer);
    var counting: FailingAllocator = .init(fba.allocator(), .{});
    const text = try exercise.join(counting.allocator(), &.{ "a", "bc", "def" }, "--");
    if (counting.allocations == 0) return hint("nothing came from the allocator that the caller gave");
    if (counting.allocations != 1) return hint("measure first, then allocate: once is enough");
    if (counting.allocated_bytes != text.len)
        return hint("the text is not all that was allocated: what was the rest for?");
}

test "Split puts every score into one of the two parts" {
    var buffer: [1024]u8 align(16) = undefined;
    var fba: FixedBufferAllocator = .init(&buffer);
    const parts = try exercise.split(fba.allocator(), &scores, 0.5);
    testing.expectEqualSlices(f32, &.{ 0.9, 0.7, 0.8 }, parts.high) catch
        return hint("are these scores still allocated when the function has returned?");
    testing.expectEqualSlices(f32, &.{ 0.1, 0.5, 0.2 }, parts.low) catch
        return hint("are these scores still allocated when the function has returned?");
}

test "Split allocates twice and no more than the scores need" {
    var buffer: [1024]u8 align(16) = undefined;
    var fba: FixedBufferAllocator = .init(&buffer);
    var counting: FailingAllocator = .init(fba.allocator(), .{});
    _ = try exercise.split(counting.allocator(), &scores, 0.5);
    if (counting.allocations != 2) return hint("one allocation for each part");
    if (counting.allocated_bytes != scores.len * @sizeOf(f32))
        return hint("every score goes into one part only: how large must the two be together?");
}

test "A vocabulary has each word once, in the order in which they came" {
    var buffer: [4096]u8 align(16) = undefined;
    var fba: FixedBufferAllocator = .init(&buffer);
    var words: exercise.Words = .{ .text = sentence };
    const found = try exercise.vocabulary(fba.allocator(), &words);
    if (found.len != expected_words.len) {
        std.debug.print("\nexpected {} words, found {}\n", .{ expected_words.len, found.len });
        return hint("every different word belongs into the vocabulary, and belongs there once");
    }
    for (expected_words, found) |expected, word| try testing.expectEqualStrings(expected, word);
}

test "The words of a vocabulary stay when the next ones are read" {
    var buffer: [4096]u8 align(16) = undefined;
    var fba: FixedBufferAllocator = .init(&buffer);
    var text = sentence.*;
    var words: exercise.Words = .{ .text = &text };
    const found = try exercise.vocabulary(fba.allocator(), &words);
    @memset(&text, 'x');
    words = .{ .text = "something else" };
    _ = words.next();
    if (found.len == 0) return hint("there is no word in it");
    testing.expectEqualStrings("the", found[0]) catch
        return hint("the first word was right when it came: where does it live?");
}

test "Nothing but the vocabulary stays allocated" {
    var buffer: [4096]u8 align(16) = undefined;
    var fba: FixedBufferAllocator = .init(&buffer);
    var counting: FailingAllocator = .init(fba.allocator(), .{});
    var words: exercise.Words = .{ .text = sentence };
    const found = try exercise.vocabulary(counting.allocator(), &words);
    var bytes: usize = found.len * @sizeOf([]u8);
    for (found) |word| bytes += word.len;
    testing.expectEqual(bytes, counting.allocated_bytes - counting.freed_bytes) catch
        return hint("the caller frees the words and the slice: what else is still allocated, and whose is it?");
}

test "Halving appends half of the largest batch" {
    var buffer: [1024]u8 align(16) = undefined;
    var fba: FixedBufferAllocator = .init(&buffer);
    var batches: std.ArrayList(usize) = try .initCapacity(fba.allocator(), 8);
    batches.appendSliceAssumeCapacity(&.{ 2, 9, 5 });
    try exercise.halveLargest(fba.allocator(), &batches);
    testing.expectEqualSlices(usize, &.{ 2, 5, 5, 4 }, batches.items) catch
        return hint("9 samples are 5 and 4: the batch keeps 5, and the 4 come last");
    try exercise.halveLargest(fba.allocator(), &batches);
    testing.expectEqualSlices(usize, &.{ 2, 3, 5, 4, 2 }, batches.items) catch
        return hint("two batches are the largest: which of them is halved?");
}

test "Halving is right when the list has to move" {
    var buffer: [1024]u8 align(16) = undefined;
    var fba: FixedBufferAllocator = .init(&buffer);
    // Growing in place is refused, so that a full list moves.
    var moving: FailingAllocator = .init(fba.allocator(), .{ .resize_fail_index = 0 });
    var batches: std.ArrayList(usize) = try .initCapacity(moving.allocator(), 2);
    batches.appendSliceAssumeCapacity(&.{ 6, 2 });
    try exercise.halveLargest(moving.allocator(), &batches);
    testing.expectEqualSlices(usize, &.{ 3, 2, 3 }, batches.items) catch
        return hint("the list was full: where are its items after it has grown, and where did you write?");
}

test "Halving that finds no room changes nothing" {
    var buffer: [1024]u8 align(16) = undefined;
    var fba: FixedBufferAllocator = .init(&buffer);
    var failing: FailingAllocator = .init(fba.allocator(), .{ .fail_index = 1, .resize_fail_index = 0 });
    var batches: std.ArrayList(usize) = try .initCapacity(failing.allocator(), 2);
    batches.appendSliceAssumeCapacity(&.{ 6, 2 });
    testing.expectError(error.OutOfMemory, exercise.halveLargest(failing.allocator(), &batches)) catch
        return hint("there was no room for one more batch: who learns of that?");
    testing.expectEqualSlices(usize, &.{ 6, 2 }, batches.items) catch
        return hint("there was no room for one more batch: where are the samples that you took?");
}

// From here on, the memory comes from the testing allocator, which is strict: a leak is reported
// after the test, and a `free` that does not match stops the run.

fn joinOnce(gpa: Allocator) anyerror!void {
    gpa.free(try exercise.join(gpa, &.{ "a", "bc", "def" }, "--"));
}

test "What join returns can be freed, and nothing else stays allocated" {
    try joinOnce(testing.allocator);
    try testing.checkAllAllocationFailures(testing.allocator, joinOnce, .{});
}

fn splitOnce(gpa: Allocator) anyerror!void {
    const parts = try exercise.split(gpa, &scores, 0.5);
    gpa.free(parts.low);
    gpa.free(parts.high);
}

test "What split returns can be freed, and nothing else stays allocated" {
    try splitOnce(testing.allocator);
}

test "If the second allocation of split fails, the first is freed" {
    testing.checkAllAllocationFailures(testing.allocator, splitOnce, .{}) catch |err| switch (err) {
        error.MemoryLeakDetected => return hint("when the second allocation fails, who frees the first?"),
        error.SwallowedOutOfMemoryError => return hint("an allocation failed and the caller was not told"),
        else => return err,
    };
}

fn vocabularyOnce(gpa: Allocator) anyerror!void {
    var words: exercise.Words = .{ .text = sentence };
    const found = try exercise.vocabulary(gpa, &words);
    for (found) |word| gpa.free(word);
    gpa.free(found);
}

test "Whichever allocation of vocabulary fails, the others are freed" {
    testing.checkAllAllocationFailures(testing.allocator, vocabularyOnce, .{}) catch |err| switch (err) {
        error.MemoryLeakDetected => return hint("an allocation failed: who frees what was there before it?"),
        error.SwallowedOutOfMemoryError => return hint("an allocation failed and the caller was not told"),
        else => return err,
    };
}

test "What vocabulary returns can be freed" {
    try vocabularyOnce(testing.allocator);
}

// The last two, because here a likely mistake stops the whole run: freed memory that was written to is
// noticed when the test is over, and a difference below zero at once.

test "Halving a full list leaves freed memory alone" {
    var moving: FailingAllocator = .init(testing.allocator, .{ .resize_fail_index = 0 });
    const gpa = moving.allocator();
    var batches: std.ArrayList(usize) = try .initCapacity(gpa, 2);
    defer batches.deinit(gpa);
    batches.appendSliceAssumeCapacity(&.{ 6, 2 });
    try exercise.halveLargest(gpa, &batches);
}

test "Joining no tokens gives an empty text" {
    const text = try exercise.join(testing.allocator, &.{}, ", ");
    defer testing.allocator.free(text);
    try testing.expectEqual(0, text.len);
}
