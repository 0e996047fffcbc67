//@ run
//@ variant: What if nobody resets the scratch?
//@ trace

const std = @import("std");

pub fn main(init: std.process.Init) !void {
    var scratch: std.heap.ArenaAllocator = .init(init.gpa);
    defer scratch.deinit();

    var first: ?[*]f32 = null;
    for (1..4) |request| {
        const hidden = try scratch.allocator().alloc(f32, 2);
        hidden[0] = @floatFromInt(request);
        hidden[1] = hidden[0] * hidden[0];
        if (first == null) first = hidden.ptr;
        std.debug.print("{d} {d} same memory: {}\n", .{ hidden[0], hidden[1], first == hidden.ptr });
    }
}
