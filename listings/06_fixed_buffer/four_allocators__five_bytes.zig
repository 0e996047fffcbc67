//@ run
//@ variant: What if `buffer` has five bytes?
const std = @import("std");

fn ranks(gpa: std.mem.Allocator, samples: []const u8) ![]u8 {
    const result = try gpa.alloc(u8, samples.len);
    errdefer gpa.free(result);
    const order = try gpa.dupe(u8, samples); // scratch
    defer gpa.free(order);

    std.mem.sortUnstable(u8, order, {}, std.sort.asc(u8));
    for (result, samples) |*rank, sample| {
        rank.* = @intCast(std.mem.findScalar(u8, order, sample).?);
    }
    return result;
}

// ANCHOR: main
fn show(name: []const u8, gpa: std.mem.Allocator) !void {
    const result = try ranks(gpa, &.{ 30, 10, 20 });
    defer gpa.free(result);
    std.debug.print("{s}: {d} {d} {d}\n", .{ name, result[0], result[1], result[2] });
}

pub fn main(init: std.process.Init) !void {
    var buffer: [5]u8 = undefined;
    var fba: std.heap.FixedBufferAllocator = .init(&buffer);
    var tiny: [4]u8 = undefined;
    var both: std.heap.BufferFirstAllocator = .init(&tiny, init.gpa);

    try show("heap", init.gpa);
    try show("arena", init.arena.allocator());
    show("fixed buffer", fba.allocator()) catch |err| std.debug.print("fixed buffer: {t}\n", .{err});
    try show("buffer first", both.allocator());
}
// ANCHOR_END: main
