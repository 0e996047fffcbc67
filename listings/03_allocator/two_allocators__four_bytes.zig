//@ run
//@ variant: What if `buffer` is four bytes long, and `main` catches the error?
const std = @import("std");

/// Returns `len` times `byte`. The caller owns the slice and frees it with `gpa`.
fn repeat(gpa: std.mem.Allocator, byte: u8, len: usize) ![]u8 {
    const line = try gpa.alloc(u8, len);
    @memset(line, byte);
    return line;
}

pub fn main(init: std.process.Init) !void {
    const on_heap = try repeat(init.gpa, '-', 5);
    defer init.gpa.free(on_heap);

    var buffer: [4]u8 = undefined;
    var fixed: std.heap.FixedBufferAllocator = .init(&buffer);
    const in_buffer = repeat(fixed.allocator(), '=', 5) catch |err| {
        std.debug.print("{t}\n", .{err});
        return;
    };
    defer fixed.allocator().free(in_buffer);

    std.debug.print("{s} {s}\n", .{ on_heap, in_buffer });
    std.debug.print("inside the buffer: {}\n", .{in_buffer.ptr == &buffer});
}
