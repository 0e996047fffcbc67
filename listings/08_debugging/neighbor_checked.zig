//@ panic: index out of bounds
//@ title: The same loop through the slice
const std = @import("std");

pub fn main() !void {
    var buffer: [8]u8 = undefined;
    var fixed: std.heap.FixedBufferAllocator = .init(&buffer);
    const a = fixed.allocator();

    const pixels = try a.alloc(u8, 4);
    const label = try a.dupe(u8, "bird");

    for (0..5) |i| pixels[i] = 'X'; // pixels has four
    std.debug.print("{s} {s}\n", .{ pixels, label });
}
