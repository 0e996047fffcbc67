//@ run
//@ title: A table in a caller's buffer
const std = @import("std");

const Table = struct { rows: []u8 };

fn fill(buffer: []u8, n: usize) !Table {
    var fba: std.heap.FixedBufferAllocator = .init(buffer);
    const rows = try fba.allocator().alloc(u8, n);
    @memset(rows, 5);
    return .{ .rows = rows };
}

pub fn main() !void {
    var buffer: [8]u8 = @splat(0);
    const table = try fill(&buffer, 3);
    buffer[1] = 7;
    std.debug.print("{any}\n", .{table.rows});
}
