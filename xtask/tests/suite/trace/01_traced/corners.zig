//! What a diagram of a book's program rarely meets: nothing to show, structs in structs in arrays, pointers to
//! pointers, slices of slices, constants that are not in memory, and bytes that are no text.
const std = @import("std");

const Point = struct { x: i16, y: i16 };
const Box = struct { corners: [2]Point, label: ?[]const u8, inner: struct { depth: u8, on: bool } };
const Empty = struct {};
const Bare = union { whole: u32, halves: [2]u16 };
const Shape = union(enum) { point: Point, boxes: []const Box, none };

fn ignores(_: u32, comptime n: usize, nothing: void) [n]u32 {
    _ = nothing;
    const filled: [n]u32 = @splat(n);
    return filled;
}

fn show(team: []const *Point) i16 {
    var sum: i16 = 0;
    for (team) |point| sum += point.x;
    return sum;
}

pub fn main() !void {
    const known = 12;
    const zero: u0 = 0;
    const empty: Empty = .{};
    const twelve: u64 = known + @as(u64, zero);
    var a: Point = .{ .x = -1, .y = 2 };
    var boxes: [2]Box = .{
        .{ .corners = .{ a, .{ .x = 3, .y = 4 } }, .label = null, .inner = .{ .depth = 1, .on = true } },
        .{ .corners = .{ a, a }, .label = null, .inner = .{ .depth = 2, .on = false } },
    };
    const deep = &boxes[1].corners[0].y;
    var to_a = &a;
    const to_pointer = &to_a;
    const byte_pairs = [2]u8{ 50, 70 };
    const rows = [_][]const u8{ byte_pairs[0..1], byte_pairs[1..2], &.{} };
    const some_rows: []const []const u8 = rows[1..];
    const shape: Shape = .{ .boxes = boxes[1..] };
    const filled = ignores(1, 3, {});
    const team = [_]*Point{ &a, &a };
    const sum = show(&team);
    std.debug.print("twelve = {d}\nsum = {d}\nx {d}\n", .{ twelve, sum, to_pointer.*.*.x });
    std.debug.print("pairs {any}\nfilled = {any}\n", .{ byte_pairs, filled });
    const bare: Bare = .{ .whole = 65537 };
    deep.* = 7;
    std.debug.print("{d} {d} {any}\n", .{ some_rows.len, bare.whole, shape == .none });
    _ = empty;
}
