//@ panic: double free
//@ title: Two names for one table
const std = @import("std");

const Table = struct {
    rows: []u8,

    fn deinit(self: *Table, gpa: std.mem.Allocator) void {
        gpa.free(self.rows);
        self.* = undefined;
    }
};

const Split = struct { train: Table, eval: Table };

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;
    const table: Table = .{ .rows = try gpa.dupe(u8, "abcd") };
    var split: Split = .{ .train = table, .eval = table };
    split.eval.deinit(gpa);
    split.train.deinit(gpa);
}
