//@ run
//@ title: What stands in a safetensors file
//@ same-output

const std = @import("std");

const bytes: []const u8 = @embedFile("capstone/model.safetensors");
const Tensor = struct { dtype: []const u8, shape: []const usize, data_offsets: [2]usize };

pub fn main(init: std.process.Init) !void {
    var arena: std.heap.ArenaAllocator = .init(init.gpa);
    defer arena.deinit(); // the parsed header needs no free of its own
    const scratch = arena.allocator();

    const length: usize = @intCast(std.mem.readInt(u64, bytes[0..8], .little));
    const json = bytes[8..][0..length];
    const header = try std.json.parseFromSliceLeaky(std.json.Value, scratch, json, .{});

    std.debug.print("{d} bytes in the file, numbers from byte {d} on\n", .{ bytes.len, 8 + length });
    for (header.object.keys()[0..5], header.object.values()[0..5]) |name, value| {
        if (std.mem.eql(u8, name, "__metadata__")) {
            std.debug.print("about the file: format {s}\n", .{value.object.get("format").?.string});
            continue;
        }
        const tensor = try std.json.parseFromValueLeaky(Tensor, scratch, value, .{});
        const begin, const end = tensor.data_offsets;
        std.debug.print("{s}: {s}, bytes {d} to {d}\n", .{ name, tensor.dtype, begin, end });
    }
}
