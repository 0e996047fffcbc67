//@ test
//@ title: A struct that owns a list
const std = @import("std");
const Allocator = std.mem.Allocator;

// ANCHOR: recipe
const Losses = struct {
    values: std.ArrayList(f32) = .empty,

    fn add(self: *Losses, gpa: Allocator, loss: f32) !void {
        try self.values.append(gpa, loss);
    }

    fn deinit(self: *Losses, gpa: Allocator) void {
        self.values.deinit(gpa);
        self.* = undefined; // whoever uses it after this sees 0xaa
    }
};
// ANCHOR_END: recipe

test "add two" {
    const gpa = std.testing.allocator;
    var losses: Losses = .{};
    defer losses.deinit(gpa);
    try losses.add(gpa, 0.9);
    try losses.add(gpa, 0.4);
    try std.testing.expectEqual(2, losses.values.items.len);
}
