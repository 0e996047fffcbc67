//! Calls: recursion, generic and inline functions, comptime parameters, errors through several frames, values
//! returned through memory.
const std = @import("std");
const other = @import("support.zig");

const Node = struct { value: u64, next: ?*Node = null };

fn factorial(n: u32) u32 {
    if (n == 0) return 1;
    return n * factorial(n - 1);
}

fn larger(comptime T: type, a: T, b: T) T {
    const result = if (a > b) a else b;
    return result;
}

fn scaled(comptime factor: u32, x: u32) u32 {
    return factor * x;
}

inline fn doubled(x: u32) u32 {
    const twice = x * 2;
    return twice;
}

fn node(value: u64) Node {
    return .{ .value = value };
}

fn deep(level: u32) error{Bottom}!u32 {
    defer std.debug.print("leave {d}\n", .{level});
    errdefer std.debug.print("undo {d}\n", .{level});
    if (level == 0) return error.Bottom;
    return try deep(level - 1) + 1;
}

fn maybe(x: u32) ?u32 {
    return if (x > 3) x else null;
}

fn parsed(x: u32) !Node {
    if (x == 0) return error.Empty;
    return node(x);
}

pub fn main() !void {
    const f = factorial(3);
    const a = larger(u32, 3, 4);
    const b = larger(f32, 3.5, 2.5);
    const c = scaled(10, 4);
    const d = doubled(21);
    const n = node(5);
    const s = other.sum(&.{ 1, 2, 3 });
    const m = maybe(9);
    const p = try parsed(8);
    std.debug.print("f = {d}\na = {d}\nb = {d}\nc = {d}\nd = {d}\ns = {d}\nm = {?d}\n", .{ f, a, b, c, d, s, m });
    _ = .{ n, p };
    _ = deep(2) catch |err| {
        std.debug.print("{t}\n", .{err});
        return;
    };
}
