const exercise = @import("exercise");
const std = @import("std");
const testing = std.testing;
const Allocator = std.mem.Allocator;
const Dataset = exercise.Dataset;
const FailingAllocator = testing.FailingAllocator;
const FixedBufferAllocator = std.heap.FixedBufferAllocator;

/// Prints where to look, then fails the test.
fn hint(comptime advice: []const u8) error{TestFailed} {
    std.debug.print("\nhint: " ++ advice ++ "\n", .{});
    return error.TestFailed;
}

const samples = [_]f32{ 0.5, 1.5, 2.5 };
const labels = [_]u8{ 1, 0, 1 };

// The first tests take their memory from a buffer on the stack, which forgives a wrong `free`.
// So a mistake shows itself as a failed test and does not stop the run.

test "A data set has copies of its own" {
    var buffer: [1024]u8 align(16) = undefined;
    var fba: FixedBufferAllocator = .init(&buffer);
    var name = "train".*;
    var changing_samples = samples;
    var changing_labels = labels;
    const dataset: Dataset = try .init(fba.allocator(), &name, &changing_samples, &changing_labels);
    name[0] = 'b';
    changing_samples[0] = 100;
    changing_labels[0] = 9;
    testing.expectEqualStrings("train", dataset.name) catch
        return hint("the caller changed its own text: why does the data set see that?");
    testing.expectEqualSlices(f32, &samples, dataset.samples) catch
        return hint("the caller changed its own samples: why does the data set see that?");
    testing.expectEqualSlices(u8, &labels, dataset.labels) catch
        return hint("the caller changed its own labels: why does the data set see that?");
}

test "Deinit gives back everything that init took" {
    var buffer: [1024]u8 align(16) = undefined;
    var fba: FixedBufferAllocator = .init(&buffer);
    var counting: FailingAllocator = .init(fba.allocator(), .{});
    var dataset: Dataset = try .init(counting.allocator(), "train", &samples, &labels);
    if (counting.allocations != 3) return hint("three slices, three allocations");
    dataset.deinit(counting.allocator());
    if (counting.deallocations != 3) return hint("count what init allocated and what deinit frees");
    try testing.expectEqual(counting.allocated_bytes, counting.freed_bytes);
}

test "What is left of a data set is undefined" {
    var buffer: [1024]u8 align(16) = undefined;
    var fba: FixedBufferAllocator = .init(&buffer);
    var dataset: Dataset = try .init(fba.allocator(), "train", &samples, &labels);
    dataset.deinit(fba.allocator());
    // Debug writes 0xaa where a program says `undefined`.
    if (std.mem.allEqual(u8, std.mem.asBytes(&dataset), 0xaa)) return;
    if (dataset.samples.len == samples.len)
        return hint("the data set is gone, and its fields still lead to the freed memory: a use after it goes unnoticed");
    return hint("the data set is gone, and a use after it finds one that looks right: it should find nothing that makes sense");
}

test "A missing label is error.LengthMismatch and nothing stays allocated" {
    var buffer: [1024]u8 align(16) = undefined;
    var fba: FixedBufferAllocator = .init(&buffer);
    var counting: FailingAllocator = .init(fba.allocator(), .{});
    const result = Dataset.init(counting.allocator(), "train", &samples, labels[0..2]);
    testing.expectError(error.LengthMismatch, result) catch
        return hint("three samples and two labels do not belong together");
    if (counting.allocated_bytes != counting.freed_bytes)
        return hint("what was allocated before the refusal, and who frees it?");
}

test "A new name replaces the old one, which is freed" {
    var buffer: [1024]u8 align(16) = undefined;
    var fba: FixedBufferAllocator = .init(&buffer);
    var counting: FailingAllocator = .init(fba.allocator(), .{});
    var dataset: Dataset = try .init(counting.allocator(), "train", &samples, &labels);
    try dataset.rename(counting.allocator(), "validation");
    try testing.expectEqualStrings("validation", dataset.name);
    dataset.deinit(counting.allocator());
    if (counting.allocated_bytes != counting.freed_bytes)
        return hint("where is the old name now?");
}

test "A new name that gets no memory changes nothing" {
    var buffer: [1024]u8 align(16) = undefined;
    var fba: FixedBufferAllocator = .init(&buffer);
    // Three allocations succeed, then there is no more memory.
    var failing: FailingAllocator = .init(fba.allocator(), .{ .fail_index = 3, .resize_fail_index = 0 });
    var dataset: Dataset = try .init(failing.allocator(), "train", &samples, &labels);
    testing.expectError(error.OutOfMemory, dataset.rename(failing.allocator(), "validation")) catch
        return hint("the caller has to be told that there was no memory");
    testing.expectEqualStrings("train", dataset.name) catch
        return hint("the old name was given up before the new one was there");
    dataset.deinit(failing.allocator());
    if (failing.allocated_bytes != failing.freed_bytes) return hint("each slice is freed exactly once");
}

test "A new name may be a part of the old one" {
    var buffer: [1024]u8 align(16) = undefined;
    var fba: FixedBufferAllocator = .init(&buffer);
    var moving: FailingAllocator = .init(fba.allocator(), .{ .resize_fail_index = 0 });
    var dataset: Dataset = try .init(moving.allocator(), "train-2026", &samples, &labels);
    try dataset.rename(moving.allocator(), dataset.name[6..]);
    testing.expectEqualStrings("2026", dataset.name) catch
        return hint("the new name was read when the old one was already freed");
}

test "Samples that were taken stay when the data set goes" {
    var buffer: [1024]u8 align(16) = undefined;
    var fba: FixedBufferAllocator = .init(&buffer);
    var dataset: Dataset = try .init(fba.allocator(), "train", &samples, &labels);
    const taken = dataset.takeSamples();
    if (dataset.samples.len != 0) return hint("the data set still has the samples: now they have two owners");
    dataset.deinit(fba.allocator());
    testing.expectEqualSlices(f32, &samples, taken) catch
        return hint("the samples were freed together with the data set");
}

// From here on, the memory comes from the testing allocator, which is strict: a leak is reported
// after the test, and a second `free` stops the run.

fn initAndDeinit(gpa: Allocator) anyerror!void {
    var dataset: Dataset = try .init(gpa, "train", &samples, &labels);
    dataset.deinit(gpa);
}

test "Whichever allocation of init fails, the others are freed" {
    testing.checkAllAllocationFailures(testing.allocator, initAndDeinit, .{}) catch |err| switch (err) {
        error.MemoryLeakDetected => return hint("an allocation failed: who frees those before it?"),
        error.SwallowedOutOfMemoryError => return hint("an allocation failed and the caller was not told"),
        else => return err,
    };
}

fn wholeLife(gpa: Allocator) anyerror!void {
    var dataset: Dataset = try .init(gpa, "train", &samples, &labels);
    defer dataset.deinit(gpa);
    try dataset.rename(gpa, "validation");
    try dataset.rename(gpa, dataset.name[0..3]);
    const taken = dataset.takeSamples();
    defer gpa.free(taken);
    try testing.expectEqualStrings("val", dataset.name);
    try testing.expectEqual(3, taken.len);
    try testing.expectEqual(3, dataset.labels.len);
}

test "In a whole life nothing leaks and nothing is freed twice" {
    try wholeLife(testing.allocator);
    try testing.checkAllAllocationFailures(testing.allocator, wholeLife, .{});
}
