//@ compile-error: signed integers must use
//@ title: What is refused because of its type
const std = @import("std");

fn half(n: i32) i32 {
    return n / 2;
}
fn isOdd(n: i32) bool {
    return n % 2 == 1;
}
fn greet(name: []const u8) []const u8 {
    return "hello " + name;
}
fn greetAgain(name: []const u8) []const u8 {
    return "hello " ++ name;
}
fn last(xs: []const f32) f32 {
    return xs[-1];
}
fn at(xs: []const f32, i: i32) f32 {
    return xs[i];
}
fn sum(xs: []const f32) f32 {
    var total: f32 = 0;
    for (xs) |x| total += x;
    return total;
}
fn sumOfArray() f32 {
    const xs = [_]f32{ 1, 2 };
    return sum(xs);
}
fn firstOf(gpa: std.mem.Allocator) u8 {
    const xs = gpa.alloc(u8, 4);
    return xs[0];
}
fn keep(gpa: std.mem.Allocator) void {
    const xs = try gpa.alloc(u8, 4);
    gpa.free(xs);
}
fn sign(n: i32) i32 {
    if (n > 0) return 1;
}
fn more(n: u32) u32 {
    return n + 1;
}
fn moreAndMore(n: u32) void {
    more(n);
}
fn stop(n: u32) void {
    if (n) return;
}
fn show(name: []const u8) void {
    std.debug.print("{d}\n", .{name});
}
fn showLine() void {
    std.debug.print("hello\n");
}

comptime { // look at each of them
    for (.{ half, isOdd, greet, greetAgain, last, at, sumOfArray, firstOf, keep, sign, moreAndMore, stop, show, showLine }) |f| _ = &f;
}

pub fn main() void {}
