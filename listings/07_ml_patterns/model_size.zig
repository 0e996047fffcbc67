//@ run
//@ title: What a language model weighs
//@ same-output

const std = @import("std");

// Llama 3 8B, as its authors describe it.
const layers: u64 = 32;
const width: u64 = 4096;
const inner: u64 = 14_336;
const vocabulary: u64 = 128_256;
const heads: u64 = 8; // of keys and values; there are more of queries
const head_size: u64 = 128;

pub fn main() void {
    const attention = 2 * width * width + 2 * width * heads * head_size; // queries and output, keys and values
    const feed_forward = 3 * width * inner;
    const norms = 2 * width;
    const parameters = 2 * vocabulary * width + layers * (attention + feed_forward + norms) + width;
    std.debug.print("{d} parameters\n", .{parameters});
    for ([_][]const u8{ "f32", "bf16", "i8" }, [_]u64{ 4, 2, 1 }) |format, bytes| {
        std.debug.print("{s}: {d} bytes\n", .{ format, parameters * bytes });
    }

    const token = 2 * layers * heads * head_size * 2; // a key and a value in each layer, two bytes a number
    std.debug.print("KV cache: {d} bytes for a token, {d} for 8192 tokens\n", .{ token, token * 8192 });
}
