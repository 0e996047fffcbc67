const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const block = try init.gpa.alloc(u8, 4);
    defer init.gpa.free(block);
    try check(block);
}

fn check(block: []u8) error{TooShort}!void {
    if (block.len < 5) return error.TooShort;
}
