//@ run
//@ title: Ask how large the stack may become
//@ wasm: WebAssembly has no getrlimit
const std = @import("std");

pub fn main() !void {
    const limit = try std.posix.getrlimit(.STACK);
    const mib = limit.cur / (1024 * 1024);
    std.debug.print("at least 8 MiB: {}\n", .{mib >= 8});
}
