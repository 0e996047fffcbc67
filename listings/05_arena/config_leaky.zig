//@ run
//@ title: The same document in an arena of yours
const std = @import("std");

const Config = struct { name: []const u8, layers: []const u32 };

pub fn main(init: std.process.Init) !void {
    var arena: std.heap.ArenaAllocator = .init(init.gpa);
    defer arena.deinit();

    const text =
        \\{ "name": "digits", "layers": [64, 32, 10] }
    ;
    const config = try std.json.parseFromSliceLeaky(Config, arena.allocator(), text, .{});
    std.debug.print("{s} {any}\n", .{ config.name, config.layers });
    std.debug.print("the name is a view of the text: {}\n", .{config.name.ptr == text[11..].ptr});
}
