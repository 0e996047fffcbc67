//@ run
//@ variant: What if it is an `errdefer` in place of the `defer`?
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;
    const batch = try gpa.alloc(u8, 4);
    errdefer gpa.free(batch);

    @memset(batch, 7);
    std.debug.print("sum {d}\n", .{batch[0] + batch[1] + batch[2] + batch[3]});

    gpa.free(batch); // "I am done with it"
}
