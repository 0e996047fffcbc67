//@ run
//@ title: A parsed document
const std = @import("std");

const Config = struct { name: []const u8, layers: []const u32 };

pub fn main(init: std.process.Init) !void {
    const text =
        \\{ "name": "digits", "layers": [64, 32, 10] }
    ;
    const parsed = try std.json.parseFromSlice(Config, init.gpa, text, .{ .allocate = .alloc_always });
    defer parsed.deinit(); // the name, the layers, all of it

    const config = parsed.value;
    std.debug.print("{s} {any}\n", .{ config.name, config.layers });
    std.debug.print("an arena: {}\n", .{@TypeOf(parsed.arena) == *std.heap.ArenaAllocator});
}
