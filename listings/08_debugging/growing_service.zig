//@ test
//@ title: A service that remembers
const std = @import("std");

const Service = struct {
    seen: std.ArrayList([]u8) = .empty,

    fn handle(service: *Service, gpa: std.mem.Allocator, name: []const u8) !void {
        const copy = try gpa.dupe(u8, name);
        errdefer gpa.free(copy);
        try service.seen.append(gpa, copy); // "only until we know why it is slow"
    }

    fn deinit(service: *Service, gpa: std.mem.Allocator) void {
        for (service.seen.items) |name| gpa.free(name);
        service.seen.deinit(gpa);
        service.* = undefined;
    }
};

test "a thousand requests" {
    const gpa = std.testing.allocator;
    var service: Service = .{};
    defer service.deinit(gpa);

    for (0..1000) |_| try service.handle(gpa, "a cat on a mat");
}
