//@ run
//@ title: A request that is too large
const std = @import("std");

fn answer(gpa: std.mem.Allocator, n: usize) ![]u8 {
    const text = try gpa.alloc(u8, n);
    errdefer gpa.free(text);
    const scratch = try gpa.alloc(u8, n);
    defer gpa.free(scratch);
    @memset(text, 'x');
    return text;
}

pub fn main() !void {
    var buffer: [10]u8 = undefined;
    var fba: std.heap.FixedBufferAllocator = .init(&buffer);
    for ([_]usize{ 4, 4, 2 }) |n| {
        _ = answer(fba.allocator(), n) catch {
            std.debug.print("refused ", .{});
            continue;
        };
        std.debug.print("taken {d} ", .{fba.end_index});
    }
    std.debug.print("\n", .{});
}
