//@ run
//@ variant: What if a second `defer` frees each name, below the first?
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;

    var names: std.ArrayList([]u8) = .empty;
    defer names.deinit(gpa);
    defer for (names.items) |item| gpa.free(item);

    const name = try gpa.dupe(u8, "relu");
    try names.append(gpa, name);
    std.debug.print("{s}\n", .{names.items[0]});
}
