//@ panic: Segmentation fault
//@ title: A thread with a stack of 1 MiB
//@ wasm: the program starts a thread, and WebAssembly has none here
const std = @import("std");

const mib = 1024 * 1024;

fn work() void {
    var samples: [4 * mib]u8 = undefined;
    @memset(&samples, 1);
    std.debug.print("{d} bytes in one frame\n", .{samples.len});
}

pub fn main() !void {
    const thread = try std.Thread.spawn(.{ .stack_size = 1 * mib }, work, .{});
    thread.join();
}
