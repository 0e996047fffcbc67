//@ run
//@ mode: fast
//@ title: A hundred times 1 GiB
//@ wasm: 32-bit WebAssembly has addresses for 4 GiB only
const std = @import("std");

pub fn main() void {
    const gib = 1024 * 1024 * 1024;
    for (0..100) |n| {
        _ = std.heap.page_allocator.alloc(u8, gib) catch {
            std.debug.print("refused after {d} GiB\n", .{n});
            return;
        };
    }
    std.debug.print("100 GiB granted\n", .{});
}
