//@ run
//@ title: What an `Allocator` is made of
const std = @import("std");
const Allocator = std.mem.Allocator;

pub fn main() void {
    std.debug.print("two words: {}\n", .{@sizeOf(Allocator) == 2 * @sizeOf(usize)});
    for (std.meta.fieldNames(Allocator)) |name| std.debug.print("{s} ", .{name});
    std.debug.print("\n", .{});
    for (std.meta.fieldNames(Allocator.VTable)) |name| std.debug.print("{s} ", .{name});
    std.debug.print("\n", .{});
}
