//@ leak
//@ variant: What if the line with `defer` is left out?
//@ trace
//@ wasm: the notes that the arena keeps in each of its blocks are smaller here
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    var arena: std.heap.ArenaAllocator = .init(init.gpa);
    const a = arena.allocator();

    const name = try a.dupe(u8, "relu");
    const sizes = try a.alloc(u16, 2);
    sizes[0] = 64;
    sizes[1] = 10;
    const bias = try a.create(f32);
    bias.* = 0.5;

    std.debug.print("{s} {d}x{d} {d}\n", .{ name, sizes[0], sizes[1], bias.* });
}
