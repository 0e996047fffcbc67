//@ panic: double free
//@ variant: What if `repeat` has a `defer gpa.free(line)` too?
//@ trace
//@ wasm: WebAssembly has no stack traces, so the report names no line
const std = @import("std");

/// Returns `len` times `byte`. The caller owns the slice and frees it with `gpa`.
fn repeat(gpa: std.mem.Allocator, byte: u8, len: usize) ![]u8 {
    const line = try gpa.alloc(u8, len);
    defer gpa.free(line);
    @memset(line, byte);
    return line;
}

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;

    const ruler = try repeat(gpa, '-', 5);
    defer gpa.free(ruler);
    std.debug.print("{s}\n", .{ruler});
}
