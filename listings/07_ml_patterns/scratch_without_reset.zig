//@ run
//@ title: The same loop with and without the reset

const std = @import("std");

fn serve(gpa: std.mem.Allocator, requests: usize, reset: bool) !usize {
    var scratch: std.heap.ArenaAllocator = .init(gpa);
    defer scratch.deinit();
    for (0..requests) |_| {
        _ = try scratch.allocator().alloc(f32, 100); // 400 bytes
        if (reset) _ = scratch.reset(.retain_capacity);
    }
    return scratch.queryCapacity();
}

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;
    std.debug.print("reset, after 10 and after 1000 requests: same: {}\n", .{
        try serve(gpa, 10, true) == try serve(gpa, 1000, true),
    });
    std.debug.print("no reset: 400,000 bytes or more: {}\n", .{try serve(gpa, 1000, false) >= 400_000});
}
