const exercise = @import("exercise");
const std = @import("std");
const testing = std.testing;
const FixedBufferAllocator = std.heap.FixedBufferAllocator;

/// Prints where to look, then fails the test.
fn hint(comptime advice: []const u8) error{TestFailed} {
    std.debug.print("\nhint: " ++ advice ++ "\n", .{});
    return error.TestFailed;
}

/// Whether all of `values` is in `buffer`. Looks at the address only, so `values` may be gone.
fn isInside(buffer: []const u8, values: []const f32) bool {
    const offset = @intFromPtr(values.ptr) -% @intFromPtr(buffer.ptr);
    return offset <= buffer.len and values.len * @sizeOf(f32) <= buffer.len - offset;
}

test "Probabilities are positive and add up to one" {
    var buffer: [64]u8 align(4) = undefined;
    const result = try exercise.softmax(&buffer, &.{ 1, 2, 3, 2 });
    if (!isInside(&buffer, result)) return hint("the probabilities are not in the caller's buffer");
    try testing.expectEqual(4, result.len);
    const expected = [_]f32{ 0.0723, 0.1966, 0.5344, 0.1966 };
    for (expected, result) |wanted, got| try testing.expectApproxEqAbs(wanted, got, 0.0001);
}

test "Large logits do not overflow" {
    var buffer: [64]u8 align(4) = undefined;
    const result = try exercise.softmax(&buffer, &.{ 1000, 1000 });
    if (!isInside(&buffer, result)) return hint("the probabilities are not in the caller's buffer");
    for (result) |probability| testing.expectApproxEqAbs(0.5, probability, 0.0001) catch
        return hint("exp(1000) is infinite: what can be subtracted from all logits first?");
}

test "The probabilities are in the caller's buffer" {
    var buffer: [64]u8 align(4) = undefined;
    const result = try exercise.softmax(&buffer, &.{ 1, 2, 3 });
    if (!isInside(&buffer, result))
        return hint("whose memory do you return? The caller brought a buffer");
}

test "A buffer that fits exactly is enough, and one byte less is error.OutOfMemory" {
    var buffer: [12]u8 align(4) = undefined;
    _ = exercise.softmax(&buffer, &.{ 1, 2, 3 }) catch
        return hint("three floats have twelve bytes: what else did you need memory for?");
    testing.expectError(error.OutOfMemory, exercise.softmax(buffer[0..11], &.{ 1, 2, 3 })) catch
        return hint("three floats do not fit into eleven bytes");
}

test "The median is in the middle of the sorted samples" {
    var buffer: [64]u8 align(4) = undefined;
    var fba: FixedBufferAllocator = .init(&buffer);
    try testing.expectEqual(3, try exercise.median(&fba, &.{ 9, 1, 3 }));
    try testing.expectEqual(7, try exercise.median(&fba, &.{7}));
    testing.expectEqual(2.5, try exercise.median(&fba, &.{ 4, 1, 3, 2 })) catch
        return hint("an even number of samples has two in the middle");
}

test "Median gives back what it took and nothing else" {
    var buffer: [64]u8 align(4) = undefined;
    var fba: FixedBufferAllocator = .init(&buffer);
    const kept = try fba.allocator().dupe(f32, &.{ 1, 2 }); // belongs to somebody else
    _ = try exercise.median(&fba, &.{ 9, 1, 3 });
    if (fba.end_index < kept.len * @sizeOf(f32))
        return hint("what was in the buffer before the call is free now: who said so?");
    if (fba.end_index > kept.len * @sizeOf(f32))
        return hint("the sorted copy is still allocated");
}

test "A median without room for a copy is error.OutOfMemory" {
    var buffer: [11]u8 align(4) = undefined;
    var fba: FixedBufferAllocator = .init(&buffer);
    testing.expectError(error.OutOfMemory, exercise.median(&fba, &.{ 9, 1, 3 })) catch
        return hint("three floats do not fit into eleven bytes: where was the copy?");
    try testing.expectEqual(0, fba.end_index);
}

test "Smoothing replaces each sample by the mean of its neighborhood" {
    var buffer: [64]u8 align(4) = undefined;
    var fba: FixedBufferAllocator = .init(&buffer);
    const once = try exercise.smooth(&fba, &.{ 0, 6, 0, 12 }, 1);
    if (!isInside(buffer[0..fba.end_index], once))
        return hint("the smoothed samples are in memory that is free again");
    testing.expectEqualSlices(f32, &.{ 3, 2, 6, 6 }, once) catch
        return hint("the neighbors count as they were before the round");
    fba.reset();
    const unchanged = try exercise.smooth(&fba, &.{ 0, 6, 0, 12 }, 0);
    try testing.expectEqualSlices(f32, &.{ 0, 6, 0, 12 }, unchanged);
    fba.reset();
    const single = try exercise.smooth(&fba, &.{5}, 3);
    try testing.expectEqualSlices(f32, &.{5}, single);
}

test "Smoothed samples stay when the buffer is used further" {
    for ([_]usize{ 1, 2 }) |passes| {
        var buffer: [64]u8 align(4) = undefined;
        var fba: FixedBufferAllocator = .init(&buffer);
        const result = try exercise.smooth(&fba, &.{ 12, 0, 3 }, passes);
        const before: [3]f32 = result[0..3].*;
        const next = try fba.allocator().alloc(u8, buffer.len - fba.end_index);
        @memset(next, 0xff);
        testing.expectEqualSlices(f32, &before, result) catch
            return hint("is the slice that you return the one that stays allocated?");
    }
}

test "Smoothing leaves only its result allocated" {
    var buffer: [64]u8 align(4) = undefined;
    var fba: FixedBufferAllocator = .init(&buffer);
    _ = try exercise.smooth(&fba, &.{ 0, 6, 0, 12 }, 2);
    if (fba.end_index != 4 * @sizeOf(f32))
        return hint("something else is still allocated: which allocation can be taken back?");
}

test "Smoothing without room for two copies leaves nothing allocated" {
    var buffer: [31]u8 align(4) = undefined;
    var fba: FixedBufferAllocator = .init(&buffer);
    testing.expectError(error.OutOfMemory, exercise.smooth(&fba, &.{ 0, 6, 0, 12 }, 1)) catch
        return hint("two copies of four floats do not fit into 31 bytes");
    if (fba.end_index != 0) return hint("one copy fitted, the other did not: what happened to the first?");
}

// The last one, because an index out of bounds stops the whole run.
test "The median of no samples is error.NoSamples" {
    var buffer: [64]u8 align(4) = undefined;
    var fba: FixedBufferAllocator = .init(&buffer);
    try testing.expectError(error.NoSamples, exercise.median(&fba, &.{}));
}
