//@ run
//@ title: How much memory does it need?
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
pub fn main() !void {
    var buffer: [64]u8 = undefined;
    const samples = [_]u8{ 30, 10, 20, 40, 50 };

    const needed = for (0..buffer.len) |size| {
        var fba: std.heap.FixedBufferAllocator = .init(buffer[0..size]);
        const result = ranks(fba.allocator(), &samples) catch continue;
        break .{ size, result.len, fba.end_index };
    } else return error.TooSmall;
    std.debug.print("buffer {d}, result {d}, taken afterwards {d}\n", needed);
}
// ANCHOR_END: main
