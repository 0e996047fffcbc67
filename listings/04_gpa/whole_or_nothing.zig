//@ run
//@ title: Three labels, and an `init` that counts
const std = @import("std");

// ANCHOR: labels
const Labels = struct {
    items: [][]u8,

    /// Caller owns the result and calls `deinit` with the same `gpa`.
    fn init(gpa: std.mem.Allocator, names: []const []const u8) !Labels {
        const items = try gpa.alloc([]u8, names.len);
        errdefer gpa.free(items);

        var done: usize = 0; // how many elements exist so far
        errdefer for (items[0..done]) |item| gpa.free(item);
        for (items, names) |*item, name| {
            item.* = try gpa.dupe(u8, name);
            done += 1;
        }
        return .{ .items = items };
    }

    fn deinit(self: *Labels, gpa: std.mem.Allocator) void {
        for (self.items) |item| gpa.free(item);
        gpa.free(self.items);
        self.* = undefined;
    }
};
// ANCHOR_END: labels

// ANCHOR: main
pub fn main(init: std.process.Init) !void {
    const names = [_][]const u8{ "cat", "dog", "owl" };

    var failing: std.testing.FailingAllocator = .init(init.gpa, .{ .fail_index = 2 });
    _ = Labels.init(failing.allocator(), &names) catch |err| {
        std.debug.print("no labels: {t}\n", .{err});
    };

    var labels: Labels = try .init(init.gpa, &names);
    defer labels.deinit(init.gpa);
    std.debug.print("{d} labels, the last is {s}\n", .{ labels.items.len, labels.items[2] });
}
// ANCHOR_END: main
