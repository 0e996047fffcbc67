//@ run
//@ variant: What if nobody resets the arena?
//@ trace
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    var arena: std.heap.ArenaAllocator = .init(init.gpa);
    defer arena.deinit();

    var first: ?[*]u8 = null;
    for ([_][]const u8{ "CAT", "DOG", "OWL" }) |text| {
        const lower = try std.ascii.allocLowerString(arena.allocator(), text);
        if (first == null) first = lower.ptr;
        std.debug.print("{s} same place: {}\n", .{ lower, lower.ptr == first });
    }
}
