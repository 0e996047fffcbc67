//@ panic: index out of bounds
//@ variant: What if `p` is a slice?
//@ trace
const std = @import("std");

pub fn main() !void {
    var buffer: [8]u8 = undefined;
    var fixed: std.heap.FixedBufferAllocator = .init(&buffer);
    const a = fixed.allocator();

    const pixels = try a.alloc(u8, 4);
    const label = try a.dupe(u8, "bird");

    const p: []u8 = pixels;
    for (0..5) |i| p[i] = 'X'; // pixels has four
    std.debug.print("{s} {s}\n", .{ pixels, label });
}
