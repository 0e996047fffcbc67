//@ test
//@ title: Values, pointers and slices, tested
const std = @import("std");
const testing = std.testing;

const Point = struct { x: f32, y: f32 };

test "values" {
    // ANCHOR: values
    var scores = [_]f32{ 1, 2, 3 }; // an array: the variable is its items
    const backup = scores; // all items are copied
    scores[0] = 9; // backup[0] is still 1
    var buffer: [64]u8 = undefined; // room without a value: write before you read
    const zeros: [4]f32 = @splat(0); // one value for all
    // ANCHOR_END: values
    buffer[0] = 7;
    try testing.expectEqual(7, buffer[0]);
    try testing.expectEqual(1, backup[0]);
    try testing.expectEqual(0, zeros[3]);
}

test "slices" {
    var scores = [_]f32{ 1, 2, 3, 4 };
    // ANCHOR: slices
    const all: []f32 = &scores; // a view: pointer and length
    const middle = all[1..3]; // from 1 up to, not including, 3
    const rest = all[1..]; // to the end
    const last = all[all.len - 1]; // no negative indexes; panics if empty
    const three = all[1..][0..3]; // three items from index 1 on
    for (all, 0..) |x, i| scores[i] = 2 * x; // x is a constant copy
    for (all) |*x| x.* += 1; // x points to the item
    // ANCHOR_END: slices
    try testing.expectEqualSlices(f32, &.{ 5, 7 }, middle);
    try testing.expectEqual(3, rest.len);
    try testing.expectEqual(4, last);
    try testing.expectEqual(9, three[2]);
}

test "pointers" {
    // ANCHOR: pointers
    var point: Point = .{ .x = 1, .y = 2 };
    const p: *Point = &point; // exactly one Point, never null
    p.x = 5; // the field, through the pointer
    p.* = .{ .x = 7, .y = 8 }; // the whole value
    const look: *const Point = p; // may read, may not write
    var maybe: ?*Point = null; // may be missing
    if (maybe) |found| found.x = 0; // only if it is there
    maybe = &point;
    const there = maybe orelse return error.Missing;
    const sure = maybe.?; // panics if it is null
    // ANCHOR_END: pointers
    try testing.expectEqual(7, look.x);
    try testing.expect(there == sure);
}

test "texts" {
    // ANCHOR: compare
    const name: []const u8 = "relu"; // a literal may only be read
    const is_relu = std.mem.eql(u8, name, "relu"); // equal items
    const same_place = name.ptr == name[0..].ptr; // the same memory
    // ANCHOR_END: compare
    try testing.expect(is_relu and same_place);
}

test "swap" {
    var a: u32 = 1;
    var b: u32 = 2;
    // ANCHOR: swap
    std.mem.swap(u32, &a, &b); // a, b = .{ b, a } does not do it
    // ANCHOR_END: swap
    try testing.expectEqual(2, a);
    try testing.expectEqual(1, b);
}
