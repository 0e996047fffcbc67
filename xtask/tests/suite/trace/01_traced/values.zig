//! Every kind of value. What is printed as `name = value` is compared with what the trace says.
const std = @import("std");

const Shape = union(enum) { circle: f32, rect: struct { w: u32, h: u32 }, none };
const Color = enum { red, green, blue };
const Open = enum(u8) { known = 1, _ };
const Flags = packed struct { low: bool, middle: u3, high: u4 };
const Point = struct { x: i16, y: i16 };
const Line = struct { from: Point, to: Point, name: []const u8 };
const Bad = error{ Small, Large };

pub fn main() !void {
    var small: i7 = -3;
    var large: u128 = 1 << 100;
    var negative: i64 = -9_000_000_000;
    var float: f64 = 0.1;
    var half: f16 = 1.5;
    var truth: bool = true;
    var letter: u21 = 'é';
    var color: Color = .green;
    var open: Open = @fromBackingInt(@intCast(7));
    var point: Point = .{ .x = -1, .y = 2 };
    var line: Line = .{ .from = point, .to = .{ .x = 3, .y = 4 }, .name = "edge" };
    var some: ?u32 = 4;
    var none: ?u32 = null;
    var nothing: ?*Point = null;
    var fine: Bad!u32 = 5;
    var failed: Bad!u32 = error.Small;
    var reason: Bad = error.Large;
    var circle: Shape = .{ .circle = 1.5 };
    var rect: Shape = .{ .rect = .{ .w = 1, .h = 2 } };
    var empty: Shape = .none;
    var flags: Flags = .{ .low = true, .middle = 3, .high = 9 };
    var grid: [2][3]u8 = .{ .{ 1, 2, 3 }, .{ 4, 5, 6 } };
    var pair: struct { u32, bool } = .{ 7, false };
    var text: []const u8 = "hello";
    var zeroed: [*:0]const u8 = "zed";
    var part: []const u8 = text[1..3];
    var words: []const []const u8 = &.{ "a", "bc" };
    var hollow: []const u32 = &.{};
    var raw: [4]u8 = undefined;
    raw[1] = 9;
    std.debug.print("small = {d}\nlarge = {d}\nnegative = {d}\nfloat = {d}\nhalf = {d}\n", .{ small, large, negative, float, half });
    std.debug.print("truth = {}\nletter = {d}\ncolor = .{t}\nsome = {?d}\nnone = {?d}\n", .{ truth, letter, color, some, none });
    std.debug.print("fine = {d}\nfailed = error.{t}\nreason = error.{t}\n", .{ try fine, @as(Bad, error.Small), reason });
    std.debug.print("point = .{{ .x = {d}, .y = {d} }}\n", .{ point.x, point.y });
    std.debug.print("grid = {{ {{ {d}, {d}, {d} }}, {{ {d}, {d}, {d} }} }}\n", .{ grid[0][0], grid[0][1], grid[0][2], grid[1][0], grid[1][1], grid[1][2] });
    _ = .{ &small, &large, &negative, &float, &half, &truth, &letter, &color, &open, &point, &line, &some, &none, &nothing };
    _ = .{ &fine, &failed, &reason, &circle, &rect, &empty, &flags, &grid, &pair, &text, &zeroed, &part, &words, &hollow };
}
