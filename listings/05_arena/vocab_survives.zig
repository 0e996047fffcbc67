//@ test
//@ title: One errdefer for all of it, tested with each allocation failing once
const std = @import("std");
const Vocab = @import("vocab.zig").Vocab;

fn initAndDeinit(gpa: std.mem.Allocator) !void {
    var vocab: Vocab = try .init(gpa, "a cat sat on a mat and saw a rat");
    vocab.deinit();
}

test "each allocation fails once" {
    try std.testing.checkAllAllocationFailures(std.testing.allocator, initAndDeinit, .{});
}
