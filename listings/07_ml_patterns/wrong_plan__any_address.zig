//@ run
//@ variant: What if the loader takes any address that suits an `f32`?

const std = @import("std");

const sizes = [_]usize{ 64, 32, 32, 32, 10 };

/// Each tensor starts at a multiple of 4, as `f32` needs it.
fn load(weights: std.mem.Allocator) !void {
    for (sizes[0 .. sizes.len - 1], sizes[1..]) |in, out| {
        _ = try weights.alloc(f32, out * in);
        _ = try weights.alloc(f32, out);
    }
}

fn attempt(name: []const u8, block: []u8) void {
    var fba: std.heap.FixedBufferAllocator = .init(block);
    if (load(fba.allocator())) {
        std.debug.print("{s}: {d} of {d} bytes used\n", .{ name, fba.end_index, block.len });
    } else |err| {
        std.debug.print("{s}: {t} after {d} of {d} bytes\n", .{ name, err, fba.end_index, block.len });
    }
}

pub fn main(init: std.process.Init) !void {
    const room = try init.gpa.alignedAlloc(u8, .@"64", 20_480);
    defer init.gpa.free(room);
    attempt("forgets the biases", room[0..17_664]);
    attempt("forgets the alignment", room[4..][0..18_088]); // 4 bytes behind a multiple of 64
    attempt("counts a layer twice", room[0..19_368]);
    attempt("right", room[0..18_088]);
}
