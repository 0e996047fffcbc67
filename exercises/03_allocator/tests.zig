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

// The first tests take their memory from a buffer on the stack, which forgives a wrong `free`.
// So a mistake shows itself as a failed test and does not stop the run.

test "Above keeps the scores above the threshold in their order" {
    var buffer: [1024]u8 align(16) = undefined;
    var fba: FixedBufferAllocator = .init(&buffer);
    const result = try exercise.above(fba.allocator(), &scores, 0.5);
    testing.expectEqualSlices(f32, &.{ 0.9, 0.7, 0.8 }, result) catch
        return hint("0.5 is not greater than 0.5");
}

test "Above allocates once and exactly what it returns" {
    var buffer: [1024]u8 align(16) = undefined;
    var fba: FixedBufferAllocator = .init(&buffer);
    var counting: FailingAllocator = .init(fba.allocator(), .{});
    const result = try exercise.above(counting.allocator(), &scores, 0.5);
    if (counting.allocations == 0) return hint("nothing came from the allocator that the caller gave");
    if (counting.allocations != 1) return hint("count first, then allocate: once is enough");
    if (counting.allocated_bytes != result.len * @sizeOf(f32))
        return hint("the caller can only free what was allocated: is the slice all of it?");
}

test "Above returns an empty slice if no score is high enough" {
    const result = try exercise.above(testing.allocator, &scores, 1);
    defer testing.allocator.free(result);
    try testing.expectEqual(0, result.len);
}

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

// From here on, the memory comes from the testing allocator, which is strict: a leak is reported
// after the test, and a `free` that does not match stops the run.

fn aboveOnce(gpa: Allocator) anyerror!void {
    gpa.free(try exercise.above(gpa, &scores, 0.5));
}

test "What above returns can be freed, and nothing else stays allocated" {
    try aboveOnce(testing.allocator);
    try testing.checkAllAllocationFailures(testing.allocator, aboveOnce, .{});
}

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

// The last one, because a difference below zero stops the whole run.
test "Joining no tokens gives an empty text" {
    const text = try exercise.join(testing.allocator, &.{}, ", ");
    defer testing.allocator.free(text);
    try testing.expectEqual(0, text.len);
}
