//@ run
//@ title: An arena with a deferred reset
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    var arena: std.heap.ArenaAllocator = .init(init.gpa);
    defer arena.deinit();
    defer _ = arena.reset(.retain_capacity);

    var first: ?[*]u8 = null;
    for (0..2) |_| {
        const line = try arena.allocator().alloc(u8, 4);
        if (first == null) first = line.ptr;
        std.debug.print("same place: {}\n", .{line.ptr == first});
    }
}
