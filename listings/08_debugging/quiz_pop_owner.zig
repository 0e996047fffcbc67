//@ run
//@ title: One label leaves the list
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;
    var labels: std.ArrayList([]u8) = try .initCapacity(gpa, 2);
    defer {
        for (labels.items) |label| gpa.free(label);
        labels.deinit(gpa);
    }
    for ([_][]const u8{ "cat", "bird" }) |word| labels.appendAssumeCapacity(try gpa.dupe(u8, word));

    const last = labels.pop().?;
    defer gpa.free(last);
    std.debug.print("{s}\n", .{last});
}
