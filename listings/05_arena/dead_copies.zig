//@ run
//@ title: A piece that grows twice
//@ trace
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    var arena: std.heap.ArenaAllocator = .init(init.gpa);
    defer arena.deinit();
    const a = arena.allocator();

    const ids = try a.dupe(u8, &.{ 1, 2 });
    const more_ids = try a.realloc(ids, 4);

    const name = try a.dupe(u8, "relu");
    const all_ids = try a.realloc(more_ids, 8);

    std.debug.print("moved to 4: {}\n", .{more_ids.ptr != ids.ptr});
    std.debug.print("moved to 8: {}\n", .{all_ids.ptr != more_ids.ptr});
    std.debug.print("{s} {d} {d}\n", .{ name, all_ids[0], all_ids[1] });
}
