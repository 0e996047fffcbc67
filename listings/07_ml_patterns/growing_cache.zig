//@ run
//@ title: A cache that doubles

const std = @import("std");
const Counting = @import("counting.zig").Counting;

pub fn main(init: std.process.Init) !void {
    var counting: Counting = .{ .child = init.gpa };
    const gpa = counting.allocator();

    var keys = try gpa.alloc(f32, 4);
    defer gpa.free(keys);
    keys[0] = 7;
    const view = keys[0..1]; // a view of the first row
    var copied: usize = 0;
    for (1..100) |used| {
        if (used == keys.len) {
            const larger = try gpa.alloc(f32, 2 * keys.len);
            @memcpy(larger[0..used], keys);
            copied += used;
            gpa.free(keys);
            keys = larger;
        }
        keys[used] = 0;
    }
    std.debug.print("blocks: {d}, numbers copied: {d}\n", .{ counting.allocations, copied });
    std.debug.print("numbers needed: 100, held: {d}, at most: {d}\n", .{ keys.len, counting.peak / 4 });
    std.debug.print("the view is still a view of the cache: {}\n", .{view.ptr == keys.ptr});
}
