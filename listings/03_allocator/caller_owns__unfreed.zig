//@ leak
//@ variant: What if `main` frees nothing?
//@ trace
const std = @import("std");

/// Returns `len` times `byte`. The caller owns the slice and frees it with `gpa`.
fn repeat(gpa: std.mem.Allocator, byte: u8, len: usize) ![]u8 {
    const line = try gpa.alloc(u8, len);
    @memset(line, byte);
    return line;
}

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;

    const ruler = try repeat(gpa, '-', 5);
    std.debug.print("{s}\n", .{ruler});
}
