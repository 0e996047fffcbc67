//@ run
//@ variant: What if `main` ends with `init.gpa.free(ruler)`?
const std = @import("std");

/// Returns `len` times `byte`. The caller owns the slice and frees it with `gpa`.
fn repeat(gpa: std.mem.Allocator, byte: u8, len: usize) ![]u8 {
    const line = try gpa.alloc(u8, len);
    @memset(line, byte);
    return line;
}

pub fn main(init: std.process.Init) !void {
    const ruler = try repeat(init.gpa, '-', 5);
    std.debug.print("{s}\n", .{ruler});
    init.gpa.free(ruler);
}
