//@ run
//@ variant: What if the reset is `.free_all`?
//@ trace
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    var arena: std.heap.ArenaAllocator = .init(init.gpa);
    defer arena.deinit();

    const first = try arena.allocator().dupe(u8, "cat");
    _ = arena.reset(.free_all);
    const second = try arena.allocator().dupe(u8, "dog");
    std.debug.print("first = {s}, second = {s}\n", .{ first, second });
}
