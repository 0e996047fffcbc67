//@ test
//@ title: Compare two texts
const std = @import("std");

// ANCHOR: recipe
test "compare, look for, order" {
    const name: []const u8 = "relu6";
    try std.testing.expect(std.mem.eql(u8, name, "relu6")); // name == "relu6"
    try std.testing.expect(std.mem.startsWith(u8, name, "relu"));
    try std.testing.expectEqual(2, std.mem.find(u8, name, "lu")); // null if it is not there
    try std.testing.expect(std.mem.lessThan(u8, "gelu", name)); // by bytes
    try std.testing.expect(std.ascii.eqlIgnoreCase("ReLU6", name));
}
// ANCHOR_END: recipe
