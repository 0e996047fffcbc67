//@ run
//@ title: Three buffers, one kind of allocator
const std = @import("std");

/// How many rows of three bytes fit into `buffer`?
fn rows(buffer: []u8) usize {
    var fba: std.heap.FixedBufferAllocator = .init(buffer);
    var count: usize = 0;
    while (fba.allocator().alloc(u8, 3)) |_| {
        count += 1;
    } else |_| return count;
}

var static: [16]u8 = undefined;

pub fn main(init: std.process.Init) !void {
    var local: [8]u8 = undefined;
    const block = try init.gpa.alloc(u8, 3000);
    defer init.gpa.free(block);

    std.debug.print("stack: {d}\n", .{rows(&local)});
    std.debug.print("static data: {d}\n", .{rows(&static)});
    std.debug.print("heap, one request: {d}\n", .{rows(block)});
}
