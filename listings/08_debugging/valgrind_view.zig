//@ run
//@ libc
//@ wasm: a page has no C library
//@ title: Four pixels
const builtin = @import("builtin");
const std = @import("std");

pub fn main() !void {
    const gpa = if (builtin.link_libc) std.heap.c_allocator else std.heap.smp_allocator;

    const lost = try gpa.alloc(u8, 20);
    @memset(lost, 'X'); // and nobody frees it

    const row = try gpa.alloc(u8, 20);
    defer gpa.free(row);
    if (row[0] > 99) std.debug.print("a dark pixel\n", .{}); // nobody has written to it

    const p: [*]u8 = row.ptr;
    for (0..21) |i| p[i] = 'X'; // row has twenty
    std.debug.print("done\n", .{});
}
