//@ test
//@ title: Keep an argument
const std = @import("std");
const Allocator = std.mem.Allocator;

// ANCHOR: recipe
const Config = struct {
    path: []u8, // a copy of its own

    fn setPath(self: *Config, gpa: Allocator, path: []const u8) !void {
        const copy = try gpa.dupe(u8, path); // first the new one,
        gpa.free(self.path); // then the old one goes
        self.path = copy;
    }
};
// ANCHOR_END: recipe

test "the caller's text may change" {
    const gpa = std.testing.allocator;
    var config: Config = .{ .path = try gpa.dupe(u8, "a.txt") };
    defer gpa.free(config.path);
    var line = "b.txt".*;
    try config.setPath(gpa, &line);
    line[0] = 'x';
    try std.testing.expectEqualStrings("b.txt", config.path);
}
