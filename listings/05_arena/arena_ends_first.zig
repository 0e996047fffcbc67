//@ test-failure: TestExpectedEqual
//@ title: An arena inside of `load`
const std = @import("std");

fn load(gpa: std.mem.Allocator) ![]u8 {
    var arena: std.heap.ArenaAllocator = .init(gpa);
    defer arena.deinit();
    return arena.allocator().dupe(u8, "relu");
}

test "load" {
    const name = try load(std.testing.allocator);
    try std.testing.expectEqualStrings("relu", name);
}
