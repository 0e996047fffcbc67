//@ run
//@ title: Three answers are kept, and the scratch is reset after each

const std = @import("std");

pub fn main(init: std.process.Init) !void {
    var scratch: std.heap.ArenaAllocator = .init(init.gpa);
    defer scratch.deinit();

    var answers: [3][]f32 = undefined;
    for (&answers, 1..) |*answer, request| {
        answer.* = try scratch.allocator().alloc(f32, 1);
        answer.*[0] = @floatFromInt(request);
        _ = scratch.reset(.retain_capacity);
    }
    std.debug.print("{d} {d} {d}\n", .{ answers[0][0], answers[1][0], answers[2][0] });
}
