//@ run
//@ title: Request number 2
//@ wasm: WebAssembly has no stack traces, so no line is named
const std = @import("std");
const Allocator = std.mem.Allocator;

fn addLabel(labels: *std.ArrayList([]u8), gpa: Allocator, text: []const u8) !void {
    const copy = try gpa.dupe(u8, text);
    errdefer gpa.free(copy);
    try labels.append(gpa, copy);
}

fn load(gpa: Allocator) !void {
    var labels: std.ArrayList([]u8) = try .initCapacity(gpa, 3);
    defer {
        for (labels.items) |text| gpa.free(text);
        labels.deinit(gpa);
    }
    try addLabel(&labels, gpa, "cat");
    try addLabel(&labels, gpa, "bird");
}

pub fn main(init: std.process.Init) void {
    var failing: std.testing.FailingAllocator = .init(init.gpa, .{ .fail_index = 2 });
    load(failing.allocator()) catch |err| {
        std.debug.print("{t}, asked for here:\n", .{err});
        const trace = failing.getStackTrace();
        std.debug.dumpStackTrace(&trace);
    };
    std.debug.print("{d} allocated, {d} freed\n", .{ failing.allocations, failing.deallocations });
}
