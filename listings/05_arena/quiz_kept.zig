//@ run
//@ title: Two names, two lifetimes
//@ trace
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    var arena: std.heap.ArenaAllocator = .init(init.gpa);
    defer arena.deinit();

    const text = try arena.allocator().dupe(u8, "cat");
    const names = [_][]const u8{ text, try init.gpa.dupe(u8, text) };
    defer init.gpa.free(names[1]);

    _ = arena.reset(.retain_capacity);
    std.debug.print("{s}\n", .{names[1]});
}
