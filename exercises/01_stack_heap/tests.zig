const exercise = @import("exercise");
const std = @import("std");
const testing = std.testing;

/// Prints where to look, then fails the test.
fn hint(comptime advice: []const u8) error{TestFailed} {
    std.debug.print("\nhint: " ++ advice ++ "\n", .{});
    return error.TestFailed;
}

test "Normalized scores add up to one" {
    const result = exercise.normalized(.{ 1, 3, 4, 8 });
    testing.expectEqualSlices(f32, &.{ 0.0625, 0.1875, 0.25, 0.5 }, &result) catch
        return hint("does the loop change the array that is returned, or a copy of each element?");
}

test "Scores that are all zero become equal scores" {
    const result = exercise.normalized(@splat(0));
    testing.expectEqualSlices(f32, &.{ 0.25, 0.25, 0.25, 0.25 }, &result) catch
        return hint("what is 0 divided by 0?");
}

test "Scores that cancel out become equal scores" {
    const result = exercise.normalized(.{ 2, -2, 3, -3 });
    testing.expectEqualSlices(f32, &.{ 0.25, 0.25, 0.25, 0.25 }, &result) catch
        return hint("which number may not be 0: a score, or what you divide by?");
}

test "A window is a view: what is written through it is seen in the samples" {
    var samples = [_]f32{ 0, 1, 2, 3, 4, 5, 6, 7 };
    const view = exercise.window(&samples, 2, 3) orelse
        return hint("three samples from index 2 do fit into eight");
    if (view.len != 3) return hint("compare the length of the view with what was asked for");
    if (view.ptr != samples[2..].ptr)
        return hint("the view does not point into the caller's samples: where does it point?");
    view[0] = 20;
    try testing.expectEqual(20, samples[2]);
}

test "A window may end at the last sample" {
    var samples = [_]f32{ 0, 1, 2, 3 };
    const tail = exercise.window(&samples, 1, 3) orelse
        return hint("samples 1, 2 and 3 exist: look at the comparison again");
    try testing.expectEqualSlices(f32, &.{ 1, 2, 3 }, tail);
    const empty = exercise.window(&samples, 4, 0) orelse
        return hint("an empty window at the very end fits");
    try testing.expectEqual(0, empty.len);
}

test "A window that reaches past the end is null" {
    var samples = [_]f32{ 0, 1, 2, 3 };
    if (exercise.window(&samples, 2, 3) != null) return hint("samples 2, 3 and 4: is there a 4?");
    if (exercise.window(&samples, 5, 0) != null) return hint("index 5 is outside, even for nothing");
}

test "The label is written into the caller's buffer" {
    var buffer: [32]u8 = undefined;
    const text = exercise.label(&buffer, 7) catch return hint("sample-7 fits into 32 bytes");
    // The place is compared first: memory that is gone must not be read.
    if (text.ptr != &buffer)
        return hint("the text is not in the caller's buffer: who owns that memory after the return?");
    try testing.expectEqualStrings("sample-7", text);
}

test "Two labels are alive at the same time" {
    var first_buffer: [32]u8 = undefined;
    var second_buffer: [32]u8 = undefined;
    const first = exercise.label(&first_buffer, 1) catch return hint("sample-1 fits into 32 bytes");
    const second = exercise.label(&second_buffer, 22) catch return hint("sample-22 fits into 32 bytes");
    if (first.ptr == second.ptr) return hint("both labels are in one place: the second overwrites the first");
    try testing.expectEqualStrings("sample-22", second);
}

test "A label that does not fit is error.NoSpaceLeft" {
    var buffer: [10]u8 = undefined;
    _ = exercise.label(&buffer, 123) catch return hint("sample-123 fits exactly into 10 bytes");
    testing.expectError(error.NoSpaceLeft, exercise.label(&buffer, 1234)) catch
        return hint("sample-1234 has 11 bytes, the buffer has 10");
}

test "A detached batch has samples of its own" {
    var samples = [_]f32{ 1, 2, 3 };
    var storage: [3]f32 = @splat(0);
    const original: exercise.Batch = .{ .gains = .{ 0.5, 2 }, .samples = &samples };
    const copy = exercise.detached(original, &storage) catch return hint("three samples fit into three");
    samples[0] = 100;
    if (copy.samples.len > 0 and copy.samples[0] == 100)
        return hint("a change of the original shows in the copy: what does copying a slice copy?");
    try testing.expectEqualSlices(f32, &.{ 1, 2, 3 }, copy.samples);
    try testing.expectEqual([2]f32{ 0.5, 2 }, copy.gains);
}

test "A detached batch has as many samples as the original" {
    var samples = [_]f32{ 1, 2, 3 };
    var storage: [8]f32 = @splat(0);
    const original: exercise.Batch = .{ .gains = .{ 1, 1 }, .samples = &samples };
    const copy = exercise.detached(original, &storage) catch return hint("three samples fit into eight");
    if (copy.samples.len != 3) return hint("the storage may be larger than the batch");
    if (copy.samples.ptr != &storage) return hint("the samples belong at the start of the storage");
}

test "A batch that does not fit its storage is error.NoSpaceLeft" {
    var samples = [_]f32{ 1, 2, 3 };
    var storage: [2]f32 = @splat(0);
    const original: exercise.Batch = .{ .gains = .{ 1, 1 }, .samples = &samples };
    testing.expectError(error.NoSpaceLeft, exercise.detached(original, &storage)) catch
        return hint("three samples do not fit into two");
    try testing.expectEqualSlices(f32, &.{ 0, 0 }, &storage);
}

// The last one, because a sum that overflows stops the whole run.
test "A window whose end is past the largest number is null" {
    var samples = [_]f32{ 0, 1, 2, 3 };
    if (exercise.window(&samples, std.math.maxInt(usize), 2) != null) return hint("start is far outside");
    if (exercise.window(&samples, 2, std.math.maxInt(usize)) != null) return hint("len is far too large");
}
