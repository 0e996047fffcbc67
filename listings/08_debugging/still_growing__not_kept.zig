//@ test
//@ variant: What if `handle` frees the copy and does not keep it?
const std = @import("std");
const testing = std.testing;

const Service = struct {
    seen: std.ArrayList([]u8) = .empty,

    fn handle(service: *Service, gpa: std.mem.Allocator, name: []const u8) !void {
        const copy = try gpa.dupe(u8, name);
        defer gpa.free(copy);
        if (copy.len > 100) try service.seen.append(gpa, copy); // only what is long
    }

    fn deinit(service: *Service, gpa: std.mem.Allocator) void {
        for (service.seen.items) |name| gpa.free(name);
        service.seen.deinit(gpa);
        service.* = undefined;
    }
};

// ANCHOR: test
test "memory is flat" {
    var counting: testing.FailingAllocator = .init(testing.allocator, .{});
    const gpa = counting.allocator();
    var service: Service = .{};
    defer service.deinit(gpa);

    for (0..10) |_| try service.handle(gpa, "a cat on a mat");
    const after_10 = counting.allocations - counting.deallocations;
    for (0..10) |_| try service.handle(gpa, "a cat on a mat");
    const after_20 = counting.allocations - counting.deallocations;
    try testing.expectEqual(after_10, after_20);
}
// ANCHOR_END: test
