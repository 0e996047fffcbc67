//@ run
//@ title: A safetensors file: a length, a JSON header, then nothing but numbers
//@ same-output

const std = @import("std");

const bytes: []const u8 = @embedFile("capstone/model.safetensors");
const Tensor = struct { dtype: []const u8, shape: []const usize, data_offsets: [2]usize };

pub fn main(init: std.process.Init) !void {
    var scratch: std.heap.ArenaAllocator = .init(init.gpa);
    defer scratch.deinit(); // the parsed header needs no free of its own

    const length: usize = @intCast(std.mem.readInt(u64, bytes[0..8], .little));
    const json = bytes[8..][0..length];
    const Header = std.json.ArrayHashMap(Tensor);
    const header = try std.json.parseFromSliceLeaky(Header, scratch.allocator(), json, .{});

    std.debug.print("{d} bytes in the file, {d} after the header\n", .{ bytes.len, bytes.len - 8 - length });
    for (header.map.keys()[0..4], header.map.values()[0..4]) |name, tensor| {
        const begin, const end = tensor.data_offsets;
        std.debug.print("{s}: {s}, bytes {d} to {d}\n", .{ name, tensor.dtype, begin, end });
    }
}
