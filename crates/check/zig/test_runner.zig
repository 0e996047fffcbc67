//! Runs the tests of one listing out of a program that holds the tests of many. The listing's name comes as
//! the only argument; without arguments, as in a page, all tests run. What it prints is what `zig test` prints for that
//! listing alone.

const std = @import("std");
const builtin = @import("builtin");
const testing = std.testing;

pub const std_options: std.Options = .{ .logFn = log };

var logged_errors: usize = 0;

pub fn main(init: std.process.Init.Minimal) void {
    @disableInstrumentation();
    var name_buffer: [4096]u8 = undefined;
    var names: std.heap.FixedBufferAllocator = .init(&name_buffer);
    const args = init.args.toSlice(names.allocator()) catch @panic("the arguments are too long");
    if (args.len > 2) @panic("the name of one listing is wanted");
    const prefix = if (args.len == 2) args[1] else "";

    var total: usize = 0;
    for (builtin.test_functions) |test_fn| {
        if (std.mem.startsWith(u8, test_fn.name, prefix)) total += 1;
    }

    var passed: usize = 0;
    var skipped: usize = 0;
    var failed: usize = 0;
    var leaked: usize = 0;
    for (builtin.test_functions) |test_fn| {
        if (!std.mem.startsWith(u8, test_fn.name, prefix)) continue;
        testing.allocator_instance = .init(std.heap.page_allocator, .{
            .canary = 0xc3a701ba,
            .check_write_after_free = true,
        });
        testing.io_instance = .init(testing.allocator, .{
            .argv0 = .init(init.args),
            .environ = init.environ,
        });
        testing.log_level = .warn;
        testing.environ = init.environ;

        const number = passed + skipped + failed + 1;
        std.debug.print("{d}/{d} {s}...", .{ number, total, test_fn.name });
        if (test_fn.func()) |_| {
            passed += 1;
            std.debug.print("OK\n", .{});
        } else |err| switch (err) {
            error.SkipZigTest => {
                skipped += 1;
                std.debug.print("SKIP\n", .{});
            },
            else => {
                failed += 1;
                std.debug.print("FAIL ({t})\n", .{err});
                if (@errorReturnTrace()) |trace| std.debug.dumpErrorReturnTrace(trace);
            },
        }
        testing.io_instance.deinit();
        if (testing.allocator_instance.deinit() != 0) leaked += 1;
    }

    if (passed == total) {
        std.debug.print("All {d} tests passed.\n", .{total});
    } else {
        std.debug.print("{d} passed; {d} skipped; {d} failed.\n", .{ passed, skipped, failed });
    }
    if (logged_errors != 0) std.debug.print("{d} errors were logged.\n", .{logged_errors});
    if (leaked != 0) std.debug.print("{d} tests leaked memory.\n", .{leaked});
    if (failed != 0 or leaked != 0 or logged_errors != 0) std.process.exit(1);
}

fn log(
    comptime level: std.log.Level,
    comptime scope: @EnumLiteral(),
    comptime format: []const u8,
    args: anytype,
) void {
    @disableInstrumentation();
    if (level == .err) logged_errors += 1;
    if (@backingInt(level) <= @backingInt(testing.log_level)) {
        std.debug.print("[" ++ @tagName(scope) ++ "] (" ++ @tagName(level) ++ "): " ++ format ++ "\n", args);
    }
}
