//@ test
//@ title: The same struct, with each allocation refused once
const std = @import("std");
const Allocator = std.mem.Allocator;

const Vocab = struct {
    arena: std.heap.ArenaAllocator,
    words: []const []const u8,

    fn init(gpa: Allocator, text: []const u8) !Vocab {
        var arena: std.heap.ArenaAllocator = .init(gpa);
        errdefer arena.deinit(); // one for all allocations below
        const a = arena.allocator();

        var list: std.ArrayList([]const u8) = .empty;
        var tokens = std.mem.tokenizeScalar(u8, text, ' ');
        while (tokens.next()) |word| try list.append(a, try a.dupe(u8, word));

        return .{ .arena = arena, .words = list.items }; // `a` is not used any more
    }

    fn deinit(self: *Vocab) void {
        self.arena.deinit();
        self.* = undefined;
    }
};

// ANCHOR: test
fn initAndDeinit(gpa: Allocator) !void {
    var vocab: Vocab = try .init(gpa, "a cat sat on a mat and saw a rat");
    vocab.deinit();
}

test "each allocation fails once" {
    try std.testing.checkAllAllocationFailures(std.testing.allocator, initAndDeinit, .{});
}
// ANCHOR_END: test
