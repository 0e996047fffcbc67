//@ run
//@ title: Names of older texts, looked up in today's library
const std = @import("std");

pub fn main() void {
    const places = .{ std, std.heap, std.mem, std.fs, std.time, std.Thread };
    const names = .{
        .{ "io", "BoundedArray", "AutoArrayHashMap", "ArrayList" },
        .{ "GeneralPurposeAllocator", "ThreadSafeAllocator", "LoggingAllocator", "stackFallback" },
        .{ "page_size", "copy", "set", "split" },
        .{ "cwd", "File" },
        .{ "Timer", "milliTimestamp" },
        .{ "Mutex", "Pool" },
    };
    inline for (places, names) |place, wanted| {
        std.debug.print("{s}:", .{@typeName(place)});
        inline for (wanted) |name| {
            std.debug.print(" {s}{s}", .{ name, if (@hasDecl(place, name)) " (still there)" else "" });
        }
        std.debug.print("\n", .{});
    }
}
