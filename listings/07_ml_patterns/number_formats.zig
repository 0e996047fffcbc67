//@ run
//@ title: A weight in three formats

const std = @import("std");

/// The upper half of an `f32`, rounded: eight bits of exponent, and seven of the fraction.
fn toBf16(x: f32) u16 {
    const bits: u32 = @bitCast(x); // a finite number
    return @intCast((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
}

fn fromBf16(bits: u16) f32 {
    return @bitCast(@as(u32, bits) << 16);
}

pub fn main() void {
    for ([_]f32{ 0.1, 3.14159, 70_000, 1e-8 }) |x| {
        const half: f16 = @floatCast(x);
        std.debug.print("{d}: as f16 {d}, as bf16 {d}\n", .{ x, @as(f32, half), fromBf16(toBf16(x)) });
    }

    // Eight bits: whole numbers from -127 to 127, and one scale for all of them.
    const weights = [_]f32{ 0.9, -0.31, 0.004, 1.27 };
    const scale: f32 = 1.27 / 127.0; // the largest weight becomes 127
    for (weights) |w| {
        const q: i8 = @round(w / scale);
        std.debug.print("{d}: as i8 {d}, which stands for {d:.3}\n", .{ w, q, @as(f32, q) * scale });
    }
}
