//@ test-failure: MemoryLeakDetected
//@ title: Tokens and their counts
const std = @import("std");
const testing = std.testing;

const Table = struct { tokens: []u8, counts: []u8 };

fn make(gpa: std.mem.Allocator, text: []const u8) !Table {
    const tokens = try gpa.dupe(u8, text);
    const counts = gpa.alloc(u8, text.len) catch return error.NoTable;
    errdefer gpa.free(tokens);
    @memset(counts, 0);
    return .{ .tokens = tokens, .counts = counts };
}

fn makeAndFree(gpa: std.mem.Allocator) !void {
    const table = make(gpa, "abc") catch return error.OutOfMemory;
    defer gpa.free(table.tokens);
    defer gpa.free(table.counts);
}

test "each allocation fails once" {
    try testing.checkAllAllocationFailures(testing.allocator, makeAndFree, .{});
}
