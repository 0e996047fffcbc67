//@ test-failure: SwallowedOutOfMemoryError
//@ title: A list of losses
const std = @import("std");
const testing = std.testing;

const Run = struct {
    losses: std.ArrayList(f32) = .empty,

    fn record(run: *Run, gpa: std.mem.Allocator, loss: f32) void {
        run.losses.append(gpa, loss) catch return;
    }
};

fn recordOne(gpa: std.mem.Allocator) !void {
    var run: Run = .{};
    defer run.losses.deinit(gpa);
    run.record(gpa, 0.5);
}

test "there is memory enough" {
    try recordOne(testing.allocator);
}

test "each allocation fails once" {
    try testing.checkAllAllocationFailures(testing.allocator, recordOne, .{});
}
