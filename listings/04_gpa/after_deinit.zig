//@ run
//@ title: A field after `deinit`
const std = @import("std");

const Tensor = struct {
    data: []f32,
    rows: u32,

    fn deinit(self: *Tensor, gpa: std.mem.Allocator) void {
        gpa.free(self.data);
        self.* = undefined;
    }
};

pub fn main(init: std.process.Init) !void {
    var t: Tensor = .{ .data = try init.gpa.alloc(f32, 6), .rows = 2 };
    std.debug.print("rows before deinit: {d}\n", .{t.rows});

    t.deinit(init.gpa);
    std.debug.print("rows after deinit:  {x}\n", .{t.rows});
}
