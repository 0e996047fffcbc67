//@ test
//@ title: A map that owns its strings
const std = @import("std");
const Allocator = std.mem.Allocator;
const Map = std.StringHashMapUnmanaged([]u8);

// ANCHOR: recipe
fn put(map: *Map, gpa: Allocator, key: []const u8, value: []const u8) !void {
    const new = try gpa.dupe(u8, value);
    errdefer gpa.free(new);
    if (map.getPtr(key)) |old| {
        gpa.free(old.*); // the key is there already
        old.* = new;
    } else {
        const own = try gpa.dupe(u8, key);
        errdefer gpa.free(own);
        try map.put(gpa, own, new);
    }
}
// ANCHOR_END: recipe

// ANCHOR: deinit
fn deinit(map: *Map, gpa: Allocator) void {
    var entries = map.iterator();
    while (entries.next()) |entry| {
        gpa.free(entry.key_ptr.*);
        gpa.free(entry.value_ptr.*);
    }
    map.deinit(gpa);
}
// ANCHOR_END: deinit

fn putThree(gpa: Allocator) !void {
    var map: Map = .empty;
    defer deinit(&map, gpa);
    try put(&map, gpa, "model", "small");
    try put(&map, gpa, "model", "large");
    try put(&map, gpa, "device", "cpu");
    try std.testing.expectEqual(2, map.count());
    try std.testing.expectEqualStrings("large", map.get("model").?);
}

test "nothing leaks, whichever allocation fails" {
    try std.testing.checkAllAllocationFailures(std.testing.allocator, putThree, .{});
}
