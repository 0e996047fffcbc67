//@ leak
//@ title: Three labels, and memory for one
//@ wasm: WebAssembly has no stack traces, so the report names no line
const std = @import("std");

const Labels = struct {
    items: [][]u8,

    fn init(gpa: std.mem.Allocator, names: []const []const u8) !Labels {
        const items = try gpa.alloc([]u8, names.len);
        errdefer gpa.free(items);

        for (items, names) |*item, name| item.* = try gpa.dupe(u8, name);
        return .{ .items = items };
    }
};

pub fn main(init: std.process.Init) void {
    // Hands requests on to init.gpa, but refuses number 2, counted from 0.
    var failing: std.testing.FailingAllocator = .init(init.gpa, .{ .fail_index = 2 });
    _ = Labels.init(failing.allocator(), &.{ "cat", "dog", "owl" }) catch |err| {
        std.debug.print("no labels: {t}\n", .{err});
    };
}
