//@ run
//@ title: A copy of a struct with a buffer
//@ trace
const std = @import("std");

const Scratch = struct {
    memory: [8]u8 = undefined,
    fba: std.heap.FixedBufferAllocator = undefined,

    fn init(self: *Scratch) void {
        self.fba = .init(&self.memory);
    }
};

pub fn main() !void {
    var scratch: Scratch = .{};
    scratch.init();
    var copy = scratch;

    const row = try copy.fba.allocator().alloc(u8, 3);
    std.debug.print("in scratch: {}\n", .{row.ptr == &scratch.memory});
    std.debug.print("in copy: {}\n", .{row.ptr == &copy.memory});
}
