//@ compile-error: ptr must be a single item pointer
//@ title: `alloc`, then `destroy`
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const counts = try init.gpa.alloc(u32, 3);
    @memset(counts, 0);
    init.gpa.destroy(counts);
}
