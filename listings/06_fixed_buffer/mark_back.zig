//@ run
//@ title: A mark that is saved
const std = @import("std");
const FixedBufferAllocator = std.heap.FixedBufferAllocator;

fn work(fba: *FixedBufferAllocator) !void {
    const mark = fba.end_index;
    defer fba.end_index = mark; // everything that was taken since then

    const gpa = fba.allocator();
    _ = try gpa.create(u8);
    _ = try gpa.create(u32);
    std.debug.print("in work: {d} taken\n", .{fba.end_index});
}

pub fn main() !void {
    var buffer: [16]u8 align(4) = undefined;
    var fba: FixedBufferAllocator = .init(&buffer);
    const kept = try fba.allocator().dupe(u8, "ok");
    try work(&fba);
    std.debug.print("{s}: {d} taken\n", .{ kept, fba.end_index });
}
