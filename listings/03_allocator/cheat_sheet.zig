//@ test
//@ title: The calls of the cheat sheet, tested
const std = @import("std");
const testing = std.testing;
const expectEqual = testing.expectEqual;
const expectEqualSlices = testing.expectEqualSlices;
const expectError = testing.expectError;

const gpa = testing.allocator;

test "many items" {
    // ANCHOR: many
    const scores = try gpa.alloc(f32, 3); // []f32
    defer gpa.free(scores);

    @memset(scores, 0); // one value for all
    @memcpy(scores[0..2], &[_]f32{ 1, 2 }); // equal lengths, no overlap
    @memmove(scores[1..], scores[0..2]); // equal lengths, may overlap
    // ANCHOR_END: many
    try expectEqualSlices(f32, &.{ 1, 1, 2 }, scores);
}

test "one item" {
    // ANCHOR: one
    const count = try gpa.create(u32); // *u32
    defer gpa.destroy(count);
    count.* = 3;
    // ANCHOR_END: one
    try expectEqual(3, count.*);
}

test "no item" {
    // ANCHOR: none
    const none = try testing.failing_allocator.alloc(f32, 0); // asks nobody, cannot fail
    testing.failing_allocator.free(none); // does nothing
    // ANCHOR_END: none
    try expectEqual(0, none.len);
}

test "copies and text" {
    const name: []const u8 = "relu";
    // ANCHOR: copies
    const copy = try gpa.dupe(u8, name); // []u8
    defer gpa.free(copy);
    const for_c = try gpa.dupeSentinel(u8, name, 0); // [:0]u8
    defer gpa.free(for_c);
    const both = try std.mem.concat(gpa, u8, &.{ name, "-", name }); // []u8
    defer gpa.free(both);
    const text = try gpa.print("{s} {d}", .{ name, 7 }); // []u8
    defer gpa.free(text);
    // ANCHOR_END: copies
    try expectEqualSlices(u8, "relu", copy);
    try expectEqual([:0]u8, @TypeOf(for_c));
    try expectEqual(0, for_c[for_c.len]);
    try expectEqualSlices(u8, "relu-relu", both);
    try expectEqualSlices(u8, "relu 7", text);
}

test "special slices" {
    // ANCHOR: special
    const line = try gpa.allocSentinel(u8, 5, 0); // [:0]u8, five bytes and a zero
    defer gpa.free(line);
    const row = try gpa.alignedAlloc(f32, .@"64", 8); // []align(64) f32
    defer gpa.free(row);
    // ANCHOR_END: special
    try expectEqual([:0]u8, @TypeOf(line));
    try expectEqual(5, line.len);
    try expectEqual(0, line[5]);
    try expectEqual([]align(64) f32, @TypeOf(row));
}

test "another size" {
    // ANCHOR: size
    var tokens = try gpa.dupe(u8, "abcd");
    defer gpa.free(tokens);

    tokens = try gpa.realloc(tokens, 8); // may move
    if (gpa.resize(tokens, 6)) tokens.len = 6; // never moves, may refuse
    if (gpa.remap(tokens, 12)) |other| tokens = other; // may move, may refuse
    // ANCHOR_END: size
    try expectEqualSlices(u8, "abcd", tokens[0..4]);
}

test "a realloc that fails" {
    // ANCHOR: realloc_fails
    var failing: testing.FailingAllocator = .init(gpa, .{ .fail_index = 1, .resize_fail_index = 0 });
    const scarce = failing.allocator();

    const tokens = try scarce.dupe(u8, "abcd");
    defer scarce.free(tokens);
    try expectError(error.OutOfMemory, scarce.realloc(tokens, 100));
    try expectEqualSlices(u8, "abcd", tokens); // still there, still yours
    // ANCHOR_END: realloc_fails
}

test "a list" {
    // ANCHOR: list
    var list: std.ArrayList(u32) = .empty;
    defer list.deinit(gpa);

    try list.append(gpa, 1);
    try list.appendSlice(gpa, &.{ 2, 3 });
    const last = list.pop(); // ?u32, null when empty
    // ANCHOR_END: list
    try expectEqual(3, last);
    try expectEqualSlices(u32, &.{ 1, 2 }, list.items);
    // ANCHOR: reserve
    try list.ensureUnusedCapacity(gpa, 2);
    list.appendAssumeCapacity(4); // cannot fail, cannot move
    list.appendAssumeCapacity(5);
    // ANCHOR_END: reserve
    try expectEqualSlices(u32, &.{ 1, 2, 4, 5 }, list.items);
    // ANCHOR: clear
    list.clearRetainingCapacity(); // no items, keeps its block
    list.clearAndFree(gpa); // gives the block back
    // ANCHOR_END: clear
    try expectEqual(0, list.capacity);
    try expectEqual(null, list.pop());
}

test "a list in a buffer" {
    // ANCHOR: bounded
    var room: [2]u32 = undefined;
    var list: std.ArrayList(u32) = .initBuffer(&room); // no allocator
    try list.appendBounded(7);
    try list.appendBounded(8);
    try expectError(error.OutOfMemory, list.appendBounded(9));
    // ANCHOR_END: bounded
}

// ANCHOR: owned
/// The caller owns the slice.
fn countTo(allocator: std.mem.Allocator, n: u32) ![]u32 {
    var list: std.ArrayList(u32) = .empty;
    errdefer list.deinit(allocator);
    for (0..n) |i| try list.append(allocator, @intCast(i));
    return list.toOwnedSlice(allocator);
}
// ANCHOR_END: owned

// ANCHOR: makes_and_frees
fn makeAndFree(allocator: std.mem.Allocator) !void {
    const numbers = try countTo(allocator, 3);
    defer allocator.free(numbers);
    try expectEqualSlices(u32, &.{ 0, 1, 2 }, numbers);
}
// ANCHOR_END: makes_and_frees

test "every allocation fails once" {
    // ANCHOR: check_all
    try testing.checkAllAllocationFailures(testing.allocator, makeAndFree, .{});
    // ANCHOR_END: check_all
}

test "fail on purpose" {
    // ANCHOR: failing
    var failing: testing.FailingAllocator = .init(testing.allocator, .{ .fail_index = 0 });
    try expectError(error.OutOfMemory, countTo(failing.allocator(), 3));
    try expectError(error.OutOfMemory, countTo(testing.failing_allocator, 3)); // always fails
    // ANCHOR_END: failing
    try expectError(error.OutOfMemory, countTo(failing.allocator(), 3)); // as do all later requests
}
