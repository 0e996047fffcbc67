//@ leak
//@ title: A `defer` below an early return
const std = @import("std");

fn firstToken(gpa: std.mem.Allocator, text: []const u8) !void {
    const copy = try gpa.dupe(u8, text);
    const end = std.mem.findScalar(u8, copy, ' ') orelse return error.OneWord;
    defer gpa.free(copy);
    std.debug.print("{s}\n", .{copy[0..end]});
}

pub fn main(init: std.process.Init) void {
    firstToken(init.gpa, "hello") catch |err| std.debug.print("{t}\n", .{err});
}
