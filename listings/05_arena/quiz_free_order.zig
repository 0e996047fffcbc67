//@ run
//@ title: Two pieces are freed, the newer one first
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    var arena: std.heap.ArenaAllocator = .init(init.gpa);
    defer arena.deinit();
    const a = arena.allocator();

    const first = try a.alloc(u8, 4);
    const second = try a.alloc(u8, 4);
    a.free(second);
    a.free(first);

    const third = try a.alloc(u8, 4);
    const fourth = try a.alloc(u8, 4);
    std.debug.print("{} {}\n", .{ third.ptr == first.ptr, fourth.ptr == second.ptr });
}
