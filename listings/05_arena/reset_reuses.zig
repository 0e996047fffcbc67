//@ run
//@ title: One arena, emptied after each text
//@ trace
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    var arena: std.heap.ArenaAllocator = .init(init.gpa);
    defer arena.deinit();

    var first: ?[*]u8 = null;
    for ([_][]const u8{ "CAT", "DOG", "OWL" }) |text| {
        defer _ = arena.reset(.retain_capacity); // at the end of each turn
        const lower = try std.ascii.allocLowerString(arena.allocator(), text);
        if (first == null) first = lower.ptr;
        std.debug.print("{s} same place: {}\n", .{ lower, lower.ptr == first });
    }
}
