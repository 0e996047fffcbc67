//@ test
//@ title: A list that owns its texts
const std = @import("std");
const Allocator = std.mem.Allocator;

// ANCHOR: recipe
const Names = struct {
    list: std.ArrayList([]u8) = .empty,

    fn add(self: *Names, gpa: Allocator, name: []const u8) !void {
        const copy = try gpa.dupe(u8, name);
        errdefer gpa.free(copy); // the list may find no room
        try self.list.append(gpa, copy);
    }

    fn deinit(self: *Names, gpa: Allocator) void {
        for (self.list.items) |name| gpa.free(name);
        self.list.deinit(gpa);
    }
};
// ANCHOR_END: recipe

fn addTwo(gpa: Allocator) !void {
    var names: Names = .{};
    defer names.deinit(gpa);
    try names.add(gpa, "cat");
    try names.add(gpa, "dog");
    try std.testing.expectEqualStrings("dog", names.list.items[1]);
}

test "nothing leaks, whichever allocation fails" {
    try std.testing.checkAllAllocationFailures(std.testing.allocator, addTwo, .{});
}
