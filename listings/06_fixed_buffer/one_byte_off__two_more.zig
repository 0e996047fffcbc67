//@ run
//@ variant: What if the second buffer is `memory[2..20]`, which has eighteen bytes?
const std = @import("std");

fn fits(buffer: []u8) bool {
    var fba: std.heap.FixedBufferAllocator = .init(buffer);
    _ = fba.allocator().alloc(f32, 4) catch return false;
    return true;
}

pub fn main() void {
    var memory: [20]u8 align(4) = undefined;
    std.debug.print("from byte 0: {}\n", .{fits(memory[0..16])});
    std.debug.print("from byte 2: {}\n", .{fits(memory[2..20])});
}
