const exercise = @import("exercise");
const std = @import("std");
const testing = std.testing;
const Sample = exercise.Sample;

/// Prints where to look, then fails the test.
fn hint(comptime advice: []const u8) error{TestFailed} {
    std.debug.print("\nhint: " ++ advice ++ "\n", .{});
    return error.TestFailed;
}

test "Swap exchanges the values that the pointers point at" {
    var first: f32 = 0.5;
    var second: f32 = -2;
    exercise.swap(&first, &second);
    if (first == 0.5 and second == -2)
        return hint("the caller's variables did not change: what was exchanged?");
    testing.expectEqual(-2, first) catch return hint("is the old value of `a` kept until it is needed?");
    testing.expectEqual(0.5, second) catch return hint("is the old value of `a` kept until it is needed?");
}

test "Swapping a value with itself keeps it" {
    var weight: f32 = 3;
    exercise.swap(&weight, &weight);
    testing.expectEqual(3, weight) catch
        return hint("`a` and `b` may be one and the same: follow your lines with that in mind");
}

test "Swapping keeps values of very different size" {
    var large: f32 = 1e20;
    var small: f32 = 1;
    exercise.swap(&large, &small);
    testing.expectEqual(1, large) catch return hint("adding and subtracting floats loses digits");
    try testing.expectEqual(1e20, small);
}

test "Clip changes the gradients in place" {
    var gradients = [_]f32{ 0.5, 3, -0.5, -4 };
    _ = exercise.clip(&gradients, 1);
    if (gradients[1] == 3) return hint("the array did not change: what does the loop capture?");
    testing.expectEqualSlices(f32, &.{ 0.5, 1, -0.5, -1 }, &gradients) catch
        return hint("there is a limit on both sides of zero");
}

test "Clip counts only the gradients that it changed" {
    var gradients = [_]f32{ 1, 3, -1, -4, 0 };
    testing.expectEqual(2, exercise.clip(&gradients, 1)) catch
        return hint("a gradient that is exactly at the limit is not changed");
    testing.expectEqual(0, exercise.clip(&gradients, 1)) catch
        return hint("after the first call nothing is left to change");
    try testing.expectEqual(0, exercise.clip(gradients[0..0], 1));
}

test "Best points into the data, so that a change through it stays" {
    var samples = [_]Sample{
        .{ .id = 10, .score = 0.1 },
        .{ .id = 11, .score = 0.9 },
        .{ .id = 12, .score = 0.4 },
    };
    const winner = exercise.best(&samples) orelse return hint("there are three samples");
    // The place is compared first: memory that is gone must not be read.
    const offset = @intFromPtr(winner) -% @intFromPtr(&samples);
    if (offset >= @sizeOf(@TypeOf(samples)))
        return hint("the pointer does not point into the samples: what does it point at?");
    try testing.expectEqual(11, winner.id);
    winner.score = 0;
    try testing.expectEqual(0, samples[1].score);
}

test "The best of only negative scores is one of them" {
    var samples = [_]Sample{ .{ .id = 1, .score = -3 }, .{ .id = 2, .score = -1 } };
    const winner = exercise.best(&samples) orelse return hint("log probabilities are all negative");
    testing.expectEqual(&samples[1], winner) catch
        return hint("with what is the first score compared?");
}

test "The first of equal scores is the best" {
    var samples = [_]Sample{
        .{ .id = 1, .score = 0.2 },
        .{ .id = 2, .score = 0.7 },
        .{ .id = 3, .score = 0.7 },
    };
    const winner = exercise.best(&samples) orelse return hint("there are three samples");
    testing.expectEqual(&samples[1], winner) catch return hint("look at the comparison: which of two equals wins?");
}

test "A class name ends before the zero byte" {
    testing.expectEqualStrings("cat", exercise.className("cat")) catch
        return hint("the zero byte marks the end and is not part of the name");
    try testing.expectEqual(0, exercise.className("").len);
    testing.expectEqualStrings("dog", exercise.className("dog\x00leftover")) catch
        return hint("the first zero ends the name");
}

test "A class name is a view of the memory it was given" {
    const text: [:0]const u8 = "airplane";
    testing.expectEqual(text.ptr, exercise.className(text).ptr) catch
        return hint("the name is somewhere else: was it copied?");
}

// The last one, because an index out of bounds stops the whole run.
test "Without samples there is no best one" {
    var samples: [0]Sample = .{};
    try testing.expectEqual(null, exercise.best(&samples));
}
