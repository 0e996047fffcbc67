//@ leak
//@ title: Load twice
const std = @import("std");

fn load(gpa: std.mem.Allocator, value: u8) ![]u8 {
    const block = try gpa.alloc(u8, 4);
    @memset(block, value);
    return block;
}

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;
    var weights = try load(gpa, 1);
    weights = try load(gpa, 2);
    defer gpa.free(weights);
    std.debug.print("{d}\n", .{weights[0]});
}
