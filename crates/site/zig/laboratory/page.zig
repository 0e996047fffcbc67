//! The laboratory as a WebAssembly module for a page: a function for each thing that can be done, and the report of
//! the last call. After a panic the instance is of no more use, and the page makes a new one.

const std = @import("std");
const lab = @import("lab.zig");
const report = @import("report.zig");

export fn make(which: u32, size: usize) void {
    lab.make(@fromBackingInt(@intCast(which)), size);
}

export fn alloc(size: usize, alignment: usize) void {
    lab.alloc(size, alignment);
}

export fn resize(block: usize, size: usize) void {
    lab.resize(block, size);
}

export fn free(block: usize) void {
    lab.free(block);
}

export fn reset(mode: usize) void {
    lab.reset(mode);
}

export fn leaks() void {
    lab.leaks();
}

/// The report of the last call: JSON of `reportLength()` bytes.
export fn reportPointer() [*]const u8 {
    return report.last().ptr;
}

export fn reportLength() usize {
    return report.last().len;
}

/// Throws, so that the call ends here. The report is written.
extern "env" fn panicked() noreturn;

pub const panic = std.debug.FullPanic(onPanic);

fn onPanic(message: []const u8, _: ?usize) noreturn {
    lab.panicked(message);
    panicked();
}

pub const std_options: std.Options = .{ .logFn = logFn };

fn logFn(comptime _: std.log.Level, comptime _: @EnumLiteral(), comptime form: []const u8, args: anytype) void {
    var text: [512]u8 = undefined;
    const room: []u8 = &text;
    report.log(std.mem.print(room, form, args) catch room);
}

// The standard library asks its standard error what a terminal can show before it formats a trace, even where there is
// no terminal. This one takes everything and shows nothing; the usual one would want 27 functions of WASI.
pub const std_options_debug_io: std.Io = .{ .userdata = null, .vtable = &quiet };

const quiet: std.Io.VTable = vtable: {
    var vtable = std.Io.failing.vtable.*;
    vtable.lockStderr = lockStderr;
    vtable.unlockStderr = unlockStderr;
    vtable.swapCancelProtection = swapCancelProtection;
    break :vtable vtable;
};

var nowhere: std.Io.File.Writer = .{
    .io = .failing,
    .file = .stderr(),
    .interface = .{ .vtable = &.{ .drain = drain }, .buffer = &.{} },
    .mode = .streaming,
};

fn lockStderr(_: ?*anyopaque, _: ?std.Io.Terminal.Mode) std.Io.Cancelable!std.Io.LockedStderr {
    return .{ .file_writer = &nowhere, .terminal_mode = .no_color };
}

fn unlockStderr(_: ?*anyopaque) void {
    // The buffer was the caller's.
    nowhere.interface.end = 0;
    nowhere.interface.buffer = &.{};
}

fn swapCancelProtection(_: ?*anyopaque, new: std.Io.CancelProtection) std.Io.CancelProtection {
    return new;
}

fn drain(writer: *std.Io.Writer, data: []const []const u8, splat: usize) std.Io.Writer.Error!usize {
    writer.end = 0;
    var count: usize = 0;
    for (data[0 .. data.len - 1]) |part| count += part.len;
    return count + splat * data[data.len - 1].len;
}
