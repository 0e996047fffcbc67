//@ test
//@ title: Four of the bugs, mended and tested
const std = @import("std");
const testing = std.testing;
const Allocator = std.mem.Allocator;

fn labelOf(gpa: Allocator, class: usize) ![]u8 {
    const names = [_][]const u8{ "cat", "bird" };
    return gpa.dupe(u8, names[class]);
}

const Image = struct {
    label: []u8,

    // ANCHOR: relabel
    fn relabel(image: *Image, gpa: Allocator, class: usize) !void {
        const label = try labelOf(gpa, class);
        gpa.free(image.label);
        image.label = label;
    }
    // ANCHOR_END: relabel
};

// ANCHOR: parse
/// Reads numbers with one space between them. The caller owns the result.
fn parse(gpa: Allocator, line: []const u8) ![]f32 {
    const numbers = try gpa.alloc(f32, std.mem.countScalar(u8, line, ' ') + 1);
    errdefer gpa.free(numbers);
    var words = std.mem.splitScalar(u8, line, ' ');
    for (numbers) |*number| number.* = try std.fmt.parseFloat(f32, words.next().?);
    return numbers;
}
// ANCHOR_END: parse

// ANCHOR: row
/// The caller owns the row.
fn readRow(gpa: Allocator, pixels: []const u8) ![]u8 {
    const row = try gpa.dupe(u8, pixels);
    errdefer gpa.free(row);

    if (row.len != 4) return error.WrongLength;
    return row;
}
// ANCHOR_END: row

// ANCHOR: votes
fn count(gpa: Allocator, votes: *std.StringHashMapUnmanaged(u32)) !void {
    try votes.put(gpa, "cat", 1);
    for ([_][]const u8{ "ant", "bee", "cow", "dog", "eel", "fox", "owl" }) |name| {
        try votes.put(gpa, name, 1);
    }
    votes.getPtr("cat").?.* += 1; // ask for the place when you need it
}
// ANCHOR_END: votes

fn relabelOne(gpa: Allocator) !void {
    var image: Image = .{ .label = try labelOf(gpa, 0) };
    defer gpa.free(image.label);
    try image.relabel(gpa, 1);
    try testing.expectEqualStrings("bird", image.label);
}

fn parseOne(gpa: Allocator, line: []const u8) !void {
    gpa.free(try parse(gpa, line));
}

fn readOne(gpa: Allocator, pixels: []const u8) !void {
    gpa.free(try readRow(gpa, pixels));
}

fn countOnce(gpa: Allocator) !void {
    var votes: std.StringHashMapUnmanaged(u32) = .empty;
    defer votes.deinit(gpa);
    try count(gpa, &votes);
    try testing.expectEqual(2, votes.get("cat"));
}

test "when all goes well and when each allocation fails" {
    try testing.checkAllAllocationFailures(testing.allocator, relabelOne, .{});
    try testing.checkAllAllocationFailures(testing.allocator, parseOne, .{"0.5 2"});
    try testing.checkAllAllocationFailures(testing.allocator, readOne, .{&.{ 7, 7, 7, 7 }});
    try testing.checkAllAllocationFailures(testing.allocator, countOnce, .{});
}

test "when the input is bad" {
    try testing.expectError(error.InvalidCharacter, parseOne(testing.allocator, "0.5 cat"));
    try testing.expectError(error.WrongLength, readOne(testing.allocator, &.{ 7, 7, 7 }));
}
