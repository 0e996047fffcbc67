//@ run
//@ title: A struct that holds its own buffer
//@ trace
const std = @import("std");

const Scratch = struct {
    memory: [4]u8,
    fba: std.heap.FixedBufferAllocator,

    fn init() Scratch {
        var self: Scratch = undefined;
        self.fba = .init(&self.memory);
        return self; // a copy of `self`
    }
};

pub fn main() void {
    var scratch: Scratch = .init();
    const ours = scratch.fba.ownsSlice(&scratch.memory);
    std.debug.print("uses its own memory: {}\n", .{ours});
}
