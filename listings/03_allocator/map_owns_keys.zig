//@ test
//@ title: A map that owns its keys
const std = @import("std");

/// Counts words. Owns a copy of each.
const WordCount = struct {
    map: std.StringHashMapUnmanaged(u32) = .empty,

    fn add(self: *WordCount, gpa: std.mem.Allocator, word: []const u8) !void {
        const entry = try self.map.getOrPut(gpa, word);
        if (!entry.found_existing) {
            // The new entry still has the caller's slice as its key: copy it, or take the entry out again.
            errdefer self.map.removeByPtr(entry.key_ptr);
            entry.key_ptr.* = try gpa.dupe(u8, word);
            entry.value_ptr.* = 0;
        }
        entry.value_ptr.* += 1;
    }

    fn deinit(self: *WordCount, gpa: std.mem.Allocator) void {
        var keys = self.map.keyIterator();
        while (keys.next()) |key| gpa.free(key.*);
        self.map.deinit(gpa);
        self.* = undefined;
    }
};

fn countThree(gpa: std.mem.Allocator) !void {
    var words: WordCount = .{};
    defer words.deinit(gpa);
    for ([_][]const u8{ "cat", "dog", "cat" }) |word| try words.add(gpa, word);
    try std.testing.expectEqual(2, words.map.get("cat"));
    try std.testing.expectEqual(2, words.map.count());
}

test "nothing leaks, whichever allocation fails" {
    try std.testing.checkAllAllocationFailures(std.testing.allocator, countThree, .{});
}
