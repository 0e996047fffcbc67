//@ test
//@ title: Clone what owns
const std = @import("std");
const Allocator = std.mem.Allocator;

// ANCHOR: recipe
const Row = struct {
    name: []u8,
    values: []f32,

    fn clone(self: Row, gpa: Allocator) !Row {
        const name = try gpa.dupe(u8, self.name);
        errdefer gpa.free(name);
        return .{ .name = name, .values = try gpa.dupe(f32, self.values) };
    }

    fn deinit(self: *Row, gpa: Allocator) void {
        gpa.free(self.name);
        gpa.free(self.values);
        self.* = undefined;
    }
};
// ANCHOR_END: recipe

fn cloneOne(gpa: Allocator) !void {
    var name = "w".*;
    var values = [_]f32{ 1, 2 };
    const row: Row = .{ .name = &name, .values = &values }; // owns nothing
    var copy = try row.clone(gpa);
    defer copy.deinit(gpa);
    copy.values[0] = 9;
    try std.testing.expectEqual(1, values[0]);
}

test "a clone has blocks of its own, and none leaks" {
    try std.testing.checkAllAllocationFailures(std.testing.allocator, cloneOne, .{});
}
