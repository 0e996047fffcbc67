//@ compile-error: incompatible types: 'usize' and '@EnumLiteral()'
//@ title: The old question, asked of the new allocator
const std = @import("std");

pub fn main() !void {
    var safe: std.heap.SafeAllocator = .init(std.heap.page_allocator, .{});
    if (safe.deinit() == .leak) @panic("the program leaked");
}
