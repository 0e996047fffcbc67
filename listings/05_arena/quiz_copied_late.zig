//@ run
//@ title: An arena that is copied when all is allocated
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    var arena: std.heap.ArenaAllocator = .init(init.gpa);
    const name = try arena.allocator().dupe(u8, "relu");

    const kept = arena;
    defer kept.deinit();
    std.debug.print("{s}\n", .{name});
}
