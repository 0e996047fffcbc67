const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const block = try init.gpa.alloc(u8, 4);
    init.gpa.free(block[0..2]);
}
