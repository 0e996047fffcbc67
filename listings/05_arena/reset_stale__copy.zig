//@ run
//@ variant: What if `first` is copied to `init.gpa` before the reset?
//@ trace
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    var arena: std.heap.ArenaAllocator = .init(init.gpa);
    defer arena.deinit();

    const first = try arena.allocator().dupe(u8, "cat");
    const kept = try init.gpa.dupe(u8, first);
    defer init.gpa.free(kept);
    _ = arena.reset(.retain_capacity);
    const second = try arena.allocator().dupe(u8, "dog");
    std.debug.print("first = {s}, second = {s}\n", .{ kept, second });
}
