//@ leak
//@ wasm: the notes that the arena keeps in each of its blocks are smaller here
//@ title: An arena and a copy of it
//@ trace
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    var arena: std.heap.ArenaAllocator = .init(init.gpa);
    const a = arena.allocator(); // points at `arena`

    const kept = arena; // a copy of an arena that is still empty
    defer kept.deinit();

    const name = try a.dupe(u8, "relu");
    std.debug.print("{s}\n", .{name});
}
