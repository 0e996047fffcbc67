const exercise = @import("exercise");
const std = @import("std");
const testing = std.testing;
const Allocator = std.mem.Allocator;
const FailingAllocator = testing.FailingAllocator;
const FixedBufferAllocator = std.heap.FixedBufferAllocator;
const Tracker = exercise.Tracker;

/// Prints where to look, then fails the test.
fn hint(comptime advice: []const u8) error{TestFailed} {
    std.debug.print("\nhint: " ++ advice ++ "\n", .{});
    return error.TestFailed;
}

// The tests take their memory from this buffer, which forgives a wrong `free`. So one bug does not
// stop the run and hide the others. Only the last test is strict.
var buffer: [16 * 1024]u8 align(16) = undefined;
var more_buffer: [16 * 1024]u8 align(16) = undefined;

test "A tracker that goes gives everything back" {
    var fba: FixedBufferAllocator = .init(&buffer);
    var counting: FailingAllocator = .init(fba.allocator(), .{});
    const gpa = counting.allocator();
    var tracker: Tracker = .empty;
    try tracker.start(gpa, "baseline");
    try tracker.record(gpa, "baseline", 0.5);
    tracker.deinit(gpa);
    if (counting.allocated_bytes != counting.freed_bytes)
        return hint("go through the fields of the structs: which of them own memory?");
}

test "A run that cannot be started leaves nothing behind" {
    for (0..2) |fail_index| {
        var fba: FixedBufferAllocator = .init(&buffer);
        var failing: FailingAllocator = .init(fba.allocator(), .{ .fail_index = fail_index });
        var tracker: Tracker = .empty;
        try testing.expectError(error.OutOfMemory, tracker.start(failing.allocator(), "baseline"));
        try testing.expectEqual(0, tracker.runs.items.len);
        if (failing.allocated_bytes != failing.freed_bytes)
            return hint("two things need memory here: what if only the first one gets it?");
    }
}

test "A loss that cannot be recorded is an error" {
    var fba: FixedBufferAllocator = .init(&buffer);
    var failing: FailingAllocator = .init(fba.allocator(), .{ .fail_index = 2 });
    const gpa = failing.allocator();
    var tracker: Tracker = .empty;
    try tracker.start(gpa, "baseline"); // two allocations; the third fails
    testing.expectError(error.OutOfMemory, tracker.record(gpa, "baseline", 0.5)) catch
        return hint("there was no memory for the loss: who learns of that?");
    try testing.expectError(error.UnknownRun, tracker.record(gpa, "other", 0.5));
}

test "A fork goes on from the best loss of its parent" {
    var fba: FixedBufferAllocator = .init(&buffer);
    // Growing in place is refused, so that a list that grows always moves.
    var moving: FailingAllocator = .init(fba.allocator(), .{ .resize_fail_index = 0 });
    const gpa = moving.allocator();
    var tracker: Tracker = .empty;
    try tracker.start(gpa, "baseline");
    try tracker.record(gpa, "baseline", 0.5);
    try tracker.record(gpa, "baseline", 0.75);
    for (1..tracker.runs.capacity) |_| try tracker.start(gpa, "filler"); // the list is full now
    try tracker.fork(gpa, "baseline", "fork");
    const fork = tracker.find("fork") orelse return hint("there is no run with the name of the fork");
    testing.expectEqual(0.5, fork.best) catch
        return hint("the list was full when the fork was added: what happens to pointers into it?");
    try testing.expectError(error.UnknownRun, tracker.fork(gpa, "other", "fork"));
}

test "Removing a run frees that run and leaves the others alone" {
    var fba: FixedBufferAllocator = .init(&buffer);
    const gpa = fba.allocator();
    var tracker: Tracker = .empty;
    for ([_][]const u8{ "first", "second", "third" }) |name| try tracker.start(gpa, name);
    if (!tracker.remove(gpa, "first")) return hint("there was a run with that name");
    if (tracker.remove(gpa, "first")) return hint("the run is still there");
    if (tracker.find("second") == null or tracker.find("third") == null)
        return hint("another run lost its name: which run does the pointer point at when it is freed?");
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
    if (counting.freed_bytes < before + 24) return hint("the name had 24 bytes: were they freed?");
}

test "The names are copies" {
    var fba: FixedBufferAllocator = .init(&buffer);
    var more: FixedBufferAllocator = .init(&more_buffer);
    var tracker: Tracker = .empty;
    try tracker.start(fba.allocator(), "baseline");
    try tracker.start(fba.allocator(), "wide");
    const names = try tracker.names(more.allocator());
    try testing.expectEqual(2, names.len);
    if (names[0].ptr == tracker.runs.items[0].name.ptr)
        return hint("the names are still those of the tracker: what did you copy, what not?");
    @memset(&buffer, 0xff); // the tracker is gone
    try testing.expectEqualStrings("baseline", names[0]);
    try testing.expectEqualStrings("wide", names[1]);
}

test "Names that cannot all be copied leave nothing behind" {
    var fba: FixedBufferAllocator = .init(&buffer);
    var tracker: Tracker = .empty;
    for ([_][]const u8{ "first", "second", "third" }) |name| try tracker.start(fba.allocator(), name);
    for (0..8) |fail_index| {
        var more: FixedBufferAllocator = .init(&more_buffer);
        var failing: FailingAllocator = .init(more.allocator(), .{ .fail_index = fail_index });
        if (tracker.names(failing.allocator())) |_| break else |err| {
            try testing.expectEqual(error.OutOfMemory, err);
        }
        if (failing.allocated_bytes != failing.freed_bytes)
            return hint("a copy failed in the middle: who frees those before it, and the slice?");
    }
}

fn wholeLife(gpa: Allocator) anyerror!void {
    var tracker: Tracker = .empty;
    defer tracker.deinit(gpa);
    try tracker.start(gpa, "baseline");
    try tracker.record(gpa, "baseline", 0.5);
    try tracker.fork(gpa, "baseline", "wide");
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

// The last one: the testing allocator stops the run at the first wrong `free`.
test "In a whole life nothing leaks and nothing is freed twice" {
    try wholeLife(testing.allocator);
    try testing.checkAllAllocationFailures(testing.allocator, wholeLife, .{});
}
