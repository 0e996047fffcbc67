//@ run
//@ title: The price of 16 bytes, in a fast build
//@ mode: fast
//@ wasm: smp_allocator needs threads, which WebAssembly builds do not have
const std = @import("std");

const Kind = enum { fixed_buffer, smp, pages };

/// Asks for 200 blocks and gives each back at once.
fn nanoseconds(io: std.Io, kind: Kind) !i96 {
    var buffer: [64]u8 = undefined;
    var fixed: std.heap.FixedBufferAllocator = .init(&buffer);
    const gpa = switch (kind) {
        .fixed_buffer => fixed.allocator(),
        .smp => std.heap.smp_allocator,
        .pages => std.heap.page_allocator,
    };
    const start = std.Io.Timestamp.now(io, .awake);
    for (0..200) |_| {
        const block = try gpa.alloc(u8, 16);
        std.mem.doNotOptimizeAway(block.ptr);
        gpa.free(block);
    }
    return @max(start.untilNow(io, .awake).nanoseconds, 1);
}

pub fn main(init: std.process.Init) !void {
    // Each in turn, 100 times; of each the fastest round counts: the one that was disturbed least.
    var bump: i96 = std.math.maxInt(i96);
    var general = bump;
    var system = bump;
    for (0..100) |_| {
        bump = @min(bump, try nanoseconds(init.io, .fixed_buffer));
        general = @min(general, try nanoseconds(init.io, .smp));
        system = @min(system, try nanoseconds(init.io, .pages));
    }
    std.debug.print("smp_allocator more than 2 times a fixed buffer: {}\n", .{general > 2 * bump});
    std.debug.print("page_allocator more than 20 times smp_allocator: {}\n", .{system > 20 * general});
}
