//@ run
//@ wasm: the build for the page is optimized, and gives each call a place of its own
//@ title: An interface that is returned
const std = @import("std");

fn fixed(buffer: []u8) std.mem.Allocator {
    var fba: std.heap.FixedBufferAllocator = .init(buffer);
    return fba.allocator();
}

pub fn main() void {
    var x: [8]u8 = undefined;
    var y: [8]u8 = undefined;
    const a = fixed(&x);
    const b = fixed(&y);
    std.debug.print("same state: {}\n", .{a.ptr == b.ptr});
}
