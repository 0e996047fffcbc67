//@ run
//@ variant: What if `last` is freed before `old`?
//@ trace
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    var arena: std.heap.ArenaAllocator = .init(init.gpa);
    defer arena.deinit();
    const a = arena.allocator();

    const old = try a.alloc(u8, 4);
    const last = try a.alloc(u8, 4);

    a.free(last);
    a.free(old);

    const next = try a.alloc(u8, 4);
    std.debug.print("place of old: {}\n", .{next.ptr == old.ptr});
    std.debug.print("place of last: {}\n", .{next.ptr == last.ptr});
}
