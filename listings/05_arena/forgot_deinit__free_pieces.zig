//@ leak
//@ variant: What if the three pieces are freed one by one?
//@ wasm: the notes that the arena keeps in each of its blocks are smaller here
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    var arena: std.heap.ArenaAllocator = .init(init.gpa);
    const a = arena.allocator();

    const first = try a.dupe(u8, "cat");
    const second = try a.dupe(u8, "dog");
    const third = try a.dupe(u8, "owl");
    std.debug.print("{s} {s} {s}\n", .{ first, second, third });
    a.free(first);
    a.free(second);
    a.free(third);
}
