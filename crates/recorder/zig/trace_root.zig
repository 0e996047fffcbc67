//! Runs the traced listing that the host selects. The table `listings` of names and files is appended.

const std = @import("std");
const builtin = @import("builtin");
const runner = @import("root");

extern "trace" fn selected() usize;
extern "trace" fn failed(text: [*]const u8, len: usize) void;

/// Checks what `init.gpa` gives out, as on a native target: leaks, double frees.
var safe: std.heap.SafeAllocator = .init(std.heap.page_allocator, .{});
var arena: std.heap.ArenaAllocator = .init(std.heap.page_allocator);

test "selected" {
    const wanted = selected();
    inline for (listings, 0..) |listing, index| {
        if (index == wanted) {
            const result = if (listing.tests.len == 0) runMain(listing.file) else runTests(listing.tests);
            result catch |err| failed(@errorName(err).ptr, @errorName(err).len);
        }
    }
}

fn runMain(comptime file: type) anyerror!void {
    // Where the frames of the listing begin must not depend on what else is in the program.
    var anchor: [16]u8 align(4096) = undefined;
    std.mem.doNotOptimizeAway(&anchor);
    const parameters = @typeInfo(@TypeOf(file.main)).@"fn".param_types;
    if (parameters.len == 0) return settle(file.main());
    if (parameters[0].? == std.process.Init.Minimal) return settle(file.main(runner.init.minimal));
    var init = runner.init;
    init.gpa = safe.allocator();
    init.arena = &arena;
    return settle(file.main(init));
}

fn settle(result: anytype) anyerror!void {
    // As on a native target: a write after a free is found here at the latest. The host tells of leaks.
    defer _ = safe.deinitLog(false);
    switch (@typeInfo(@TypeOf(result))) {
        .error_union => _ = try result,
        else => {},
    }
}

fn runTests(comptime prefix: []const u8) anyerror!void {
    var anchor: [16]u8 align(4096) = undefined;
    std.mem.doNotOptimizeAway(&anchor);
    var first: anyerror!void = {};
    for (builtin.test_functions) |entry| {
        if (!std.mem.startsWith(u8, entry.name, prefix)) continue;
        if (std.mem.startsWith(u8, entry.name, "trace_root.")) continue;
        std.testing.allocator_instance = .init(std.heap.page_allocator, .{});
        entry.func() catch |err| {
            first catch continue;
            first = err;
        };
        _ = std.testing.allocator_instance.deinitLog(false);
    }
    return first;
}
