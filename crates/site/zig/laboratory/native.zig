//! The laboratory as a program of the machine: does what the lines of a file say (`alloc 8 1`), and prints the report of
//! each call in a line. A panic ends it, after its report.

const std = @import("std");
const lab = @import("lab.zig");
const report = @import("report.zig");

var out: *std.Io.Writer = undefined;

pub fn main(init: std.process.Init) !void {
    const arena = init.arena.allocator();
    var arguments = init.minimal.args.iterate();
    _ = arguments.next();
    const path = arguments.next() orelse return error.NoPath;
    const script = try std.Io.Dir.cwd().readFileAlloc(init.io, path, arena, .limited(1 << 20));
    var buffer: [1 << 16]u8 = undefined;
    var stdout = std.Io.File.stdout().writerStreaming(init.io, &buffer);
    out = &stdout.interface;

    var lines = std.mem.tokenizeScalar(u8, script, '\n');
    while (lines.next()) |line| {
        var words = std.mem.tokenizeScalar(u8, line, ' ');
        const name = words.next() orelse continue;
        var numbers: [2]usize = @splat(0);
        for (&numbers) |*number| number.* = try std.fmt.parseInt(usize, words.next() orelse break, 10);
        const call = std.meta.stringToEnum(Call, name) orelse return error.UnknownCall;
        switch (call) {
            .make => lab.make(@fromBackingInt(@intCast(numbers[0])), numbers[1]),
            .alloc => lab.alloc(numbers[0], numbers[1]),
            .resize => lab.resize(numbers[0], numbers[1]),
            .free => lab.free(numbers[0]),
            .reset => lab.reset(numbers[0]),
            .leaks => lab.leaks(),
        }
        try show();
    }
}

const Call = enum { make, alloc, resize, free, reset, leaks };

fn show() !void {
    try out.print("{s}\n", .{report.last()});
    try out.flush();
}

pub const panic = std.debug.FullPanic(onPanic);

fn onPanic(message: []const u8, _: ?usize) noreturn {
    lab.panicked(message);
    show() catch {};
    std.process.exit(0);
}

pub const std_options: std.Options = .{ .logFn = logFn };

fn logFn(comptime _: std.log.Level, comptime _: @EnumLiteral(), comptime form: []const u8, args: anytype) void {
    var text: [512]u8 = undefined;
    const room: []u8 = &text;
    report.log(std.mem.print(room, form, args) catch room);
}
