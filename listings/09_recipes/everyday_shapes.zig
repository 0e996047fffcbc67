//@ compile-error: does not support field access
//@ title: What is refused because something else is there
const std = @import("std");

const Point = struct { x: f32, y: f32 };

fn length(gpa: std.mem.Allocator) usize {
    const xs = gpa.alloc(u8, 4);
    return xs.len;
}
fn half(n: u32) !u32 {
    return n / 2;
}
fn twice(n: u32) u32 {
    return half(n) * 2;
}
fn firstOr(xs: []const u32) u32 {
    return xs[0] orelse 0;
}
fn tryIt(n: u32) !u32 {
    return try n;
}
fn z(p: Point) f32 {
    return p.z;
}
fn make() Point {
    return .{ .x = 1, .yy = 2 };
}
fn raise(p: Point) void {
    p.x += 1;
}
fn copyIt(out: []f32, xs: []const f32) void {
    out = xs;
}
fn wide(n: u64) u32 {
    return n;
}
fn mix(n: u32, f: f32) f32 {
    return n * f;
}

comptime { // look at each of them
    for (.{ length, twice, firstOr, tryIt, z, make, raise, copyIt, wide, mix }) |f| _ = &f;
}

pub fn main() void {}
