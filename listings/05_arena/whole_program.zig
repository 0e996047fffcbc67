//@ run
//@ title: A greeting in `init.arena`
//@ same-output
const std = @import("std");

fn greeting(arena: std.mem.Allocator, user: []const u8) ![]const u8 {
    return std.mem.concat(arena, u8, &.{ "model of ", user });
}

pub fn main(init: std.process.Init) !void {
    const title = try greeting(init.arena.allocator(), "Ada"); // nobody frees it
    std.debug.print("{s}\n", .{title});
}
