//@ test
//@ title: Functions that Python may call
//@ wasm: a page has no threads, and this allocator wants them

const std = @import("std");

// A library has no `main`, so nobody hands it an allocator.
const gpa = std.heap.smp_allocator;

/// Multiplies the caller's numbers where they lie, and keeps no pointer to them.
export fn scale(numbers: [*]f32, len: usize, factor: f32) void {
    for (numbers[0..len]) |*x| x.* *= factor;
}

/// The softmax of the caller's numbers in new memory, or null if there is none.
/// The caller gives it back with `release`.
export fn softmax(numbers: [*]const f32, len: usize) ?[*]f32 {
    const result = gpa.alloc(f32, len) catch return null;
    var sum: f32 = 0;
    for (result, numbers[0..len]) |*y, x| {
        y.* = @exp(x);
        sum += y.*;
    }
    for (result) |*y| y.* /= sum;
    return result.ptr;
}

export fn release(numbers: [*]f32, len: usize) void {
    gpa.free(numbers[0..len]);
}

test "what C may call, Zig may call too" {
    var numbers = [_]f32{ 4, 4 };
    scale(&numbers, numbers.len, 0.5);
    const result = softmax(&numbers, numbers.len) orelse return error.OutOfMemory;
    defer release(result, numbers.len);
    try std.testing.expectEqual(2, numbers[0]);
    try std.testing.expectEqual(0.5, result[0]);
}
