//@ run
//@ variant: What if the last `free` is left out?
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;
    const batch = try gpa.alloc(u8, 4);
    defer gpa.free(batch);

    @memset(batch, 7);
    std.debug.print("sum {d}\n", .{batch[0] + batch[1] + batch[2] + batch[3]});
}
