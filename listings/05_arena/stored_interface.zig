//@ run
//@ title: Two structs that hold an arena
const std = @import("std");

const Stores = struct {
    arena: std.heap.ArenaAllocator,
    a: std.mem.Allocator,

    fn init(gpa: std.mem.Allocator) Stores {
        var arena: std.heap.ArenaAllocator = .init(gpa);
        return .{ .arena = arena, .a = arena.allocator() };
    }
};

const Makes = struct {
    arena: std.heap.ArenaAllocator,

    fn init(gpa: std.mem.Allocator) Makes {
        return .{ .arena = .init(gpa) };
    }

    fn allocator(self: *Makes) std.mem.Allocator {
        return self.arena.allocator();
    }
};

pub fn main(init: std.process.Init) void {
    var stores: Stores = .init(init.gpa);
    var makes: Makes = .init(init.gpa);
    std.debug.print("points at its own arena: {} and {}\n", .{
        stores.a.ptr == @as(*anyopaque, &stores.arena),
        makes.allocator().ptr == @as(*anyopaque, &makes.arena),
    });
}
