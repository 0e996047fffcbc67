//@ run
//@ title: A view and a copy of one line
//@ same-output
//@ trace
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;

    var line: [3]u8 = "cat".*;
    const view: []const u8 = &line;
    const kept = try gpa.dupe(u8, &line);
    defer gpa.free(kept);

    line = "dog".*; // the next line of the file
    std.debug.print("view {s}, kept {s}\n", .{ view, kept });
}
