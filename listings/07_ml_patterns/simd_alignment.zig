//@ run
//@ title: A dot product of vectors

const std = @import("std");

fn dot(a: []const f32, b: []const f32) f32 {
    var sums: @Vector(8, f32) = @splat(0);
    var i: usize = 0;
    while (i < a.len) : (i += 8) {
        const eight: @Vector(8, f32) = a[i..][0..8].*;
        sums += eight * @as(@Vector(8, f32), b[i..][0..8].*);
    }
    return @reduce(.Add, sums);
}

pub fn main(init: std.process.Init) !void {
    const weights = try init.gpa.alignedAlloc(f32, .@"64", 16); // 64 bytes: a cache line
    defer init.gpa.free(weights);
    for (weights, 0..) |*w, i| w.* = @floatFromInt(i);
    const ones: [16]f32 = @splat(1);

    std.debug.print("{s}, {s}\n", .{ @typeName(@TypeOf(weights)), @typeName(@TypeOf(weights[1..])) });
    std.debug.print("starts at a multiple of 64: {}\n", .{@intFromPtr(weights.ptr) % 64 == 0});
    std.debug.print("0 + 1 + ... + 15 = {d}\n", .{dot(weights, &ones)});
}
