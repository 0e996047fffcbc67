const exercise = @import("exercise");
const std = @import("std");
const testing = std.testing;
const Allocator = std.mem.Allocator;
const FailingAllocator = testing.FailingAllocator;
const FixedBufferAllocator = std.heap.FixedBufferAllocator;
const Tracker = exercise.Tracker;

// These tests do what a program would do, and name no mistake: what is wrong, they and the allocator's
// reports show. What stops the run comes last.

test "A tracker that goes gives everything back" {
    const gpa = testing.allocator;
    var tracker: Tracker = .empty;
    defer tracker.deinit(gpa);
    try tracker.start(gpa, "baseline");
    try tracker.record(gpa, "baseline", 0.5);
}

test "A run that cannot be started leaves nothing behind" {
    for (0..2) |fail_index| {
        var failing: FailingAllocator = .init(testing.allocator, .{ .fail_index = fail_index });
        var tracker: Tracker = .empty;
        try testing.expectError(error.OutOfMemory, tracker.start(failing.allocator(), "baseline"));
        try testing.expectEqual(0, tracker.runs.items.len);
    }
}

test "A loss that cannot be recorded is an error" {
    var failing: FailingAllocator = .init(testing.allocator, .{ .fail_index = 2 });
    const gpa = failing.allocator();
    var tracker: Tracker = .empty;
    defer tracker.deinit(gpa);
    try tracker.start(gpa, "baseline"); // two allocations; the third fails
    try testing.expectError(error.OutOfMemory, tracker.record(gpa, "baseline", 0.5));
    try testing.expectError(error.UnknownRun, tracker.record(gpa, "other", 0.5));
}

// A run that is broken could stop these two. Their memory comes from a buffer, which nobody has to free.
var buffer: [16 * 1024]u8 align(16) = undefined;

test "Removing a run takes that one out and no other" {
    var fba: FixedBufferAllocator = .init(&buffer);
    const gpa = fba.allocator();
    var tracker: Tracker = .empty;
    for ([_][]const u8{ "first", "second", "third" }) |name| try tracker.start(gpa, name);
    try testing.expect(tracker.remove(gpa, "first"));
    try testing.expect(!tracker.remove(gpa, "first"));
    for ([_][]const u8{ "second", "third" }) |name| {
        if (tracker.find(name) != null) continue;
        std.debug.print("\n\"first\" was removed; there is no run \"{s}\" any more\n", .{name});
        return error.TestFailed;
    }
    try testing.expectEqual(2, tracker.runs.items.len);
}

test "A run that was removed is freed" {
    var fba: FixedBufferAllocator = .init(&buffer);
    var counting: FailingAllocator = .init(fba.allocator(), .{});
    const gpa = counting.allocator();
    var tracker: Tracker = .empty;
    try tracker.start(gpa, "a name of twenty-four...");
    try tracker.start(gpa, "b");
    const before = counting.freed_bytes;
    _ = tracker.remove(gpa, "a name of twenty-four...");
    const freed = counting.freed_bytes - before;
    if (freed < 24) {
        std.debug.print("\na run with a name of 24 bytes was removed; bytes freed: {}\n", .{freed});
        return error.TestFailed;
    }
}

test "Names that cannot all be copied leave nothing behind" {
    const gpa = testing.allocator;
    var tracker: Tracker = .empty;
    defer tracker.deinit(gpa);
    for ([_][]const u8{ "first", "second", "third" }) |name| try tracker.start(gpa, name);
    for (0..4) |fail_index| { // the slice and three names
        var failing: FailingAllocator = .init(gpa, .{ .fail_index = fail_index });
        if (tracker.names(failing.allocator())) |names| {
            gpa.free(names); // nothing was refused, which is another test's business
            break;
        } else |err| try testing.expectEqual(error.OutOfMemory, err);
    }
}

test "A fork goes on from its parent" {
    // Growing in place is refused, so that a list that grows always moves.
    var moving: FailingAllocator = .init(testing.allocator, .{ .resize_fail_index = 0 });
    const gpa = moving.allocator();
    var tracker: Tracker = .empty;
    defer tracker.deinit(gpa);
    try tracker.start(gpa, "baseline");
    tracker.find("baseline").?.best = 0.5;
    for (1..tracker.runs.capacity) |_| try tracker.start(gpa, "filler"); // the list is full now
    try tracker.fork(gpa, "baseline", "fork");
    try testing.expectEqual(0.5, tracker.find("fork").?.best);
    try testing.expectEqual(1, tracker.find("baseline").?.forks);
    try testing.expectError(error.UnknownRun, tracker.fork(gpa, "other", "fork"));
}

test "The names stay when the tracker goes" {
    const gpa = testing.allocator;
    var tracker: Tracker = .empty;
    errdefer tracker.deinit(gpa);
    try tracker.start(gpa, "baseline");
    try tracker.start(gpa, "wide");
    const names = try tracker.names(gpa);
    tracker.deinit(gpa);
    tracker = .empty;
    defer {
        for (names) |name| gpa.free(name);
        gpa.free(names);
    }
    try testing.expectEqual(2, names.len);
    try testing.expectEqualStrings("baseline", names[0]);
    try testing.expectEqualStrings("wide", names[1]);
}

fn wholeLife(gpa: Allocator) anyerror!void {
    var tracker: Tracker = .empty;
    defer tracker.deinit(gpa);
    try tracker.start(gpa, "baseline");
    try tracker.record(gpa, "baseline", 0.5);
    tracker.fork(gpa, "baseline", "wide") catch |err| {
        try testing.expectEqual(0, tracker.find("baseline").?.forks);
        return err;
    };
    try tracker.record(gpa, "wide", 0.25);
    try tracker.start(gpa, "deep");
    try testing.expect(tracker.remove(gpa, "baseline"));
    const names = try tracker.names(gpa);
    defer {
        for (names) |name| gpa.free(name);
        gpa.free(names);
    }
    try testing.expectEqual(2, names.len);
}

test "In a whole life nothing leaks and nothing is freed twice" {
    try wholeLife(testing.allocator);
    try testing.checkAllAllocationFailures(testing.allocator, wholeLife, .{});
}
