//@ run
//@ title: Two layers, one of them in an arena
//@ same-output
const std = @import("std");

const Layer = struct {
    name: []const u8,

    fn deinit(self: *Layer) void {
        std.debug.print("drop {s}\n", .{self.name});
        self.* = undefined;
    }
};

pub fn main(init: std.process.Init) !void {
    var own: Layer = .{ .name = "own" };
    var arena: std.heap.ArenaAllocator = .init(init.gpa);
    const held = try arena.allocator().create(Layer);
    held.* = .{ .name = "held" };
    own.deinit();
    arena.deinit();
    std.debug.print("end\n", .{});
}
