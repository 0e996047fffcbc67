//@ run
//@ title: A list of names, and a reset after each
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    var scratch: std.heap.ArenaAllocator = .init(init.gpa);
    defer scratch.deinit();

    const names = try init.gpa.alloc([]const u8, 2);
    defer init.gpa.free(names);
    for (names, [_][]const u8{ "CAT", "DOG" }) |*name, text| {
        name.* = try std.ascii.allocLowerString(scratch.allocator(), text);
        _ = scratch.reset(.retain_capacity);
    }
    std.debug.print("{s} {s}\n", .{ names[0], names[1] });
}
