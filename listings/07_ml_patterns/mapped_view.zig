//@ test
//@ title: A file that is mapped into memory
//@ wasm: a page has no file system

const std = @import("std");
const safetensors = @import("safetensors.zig");

test "weights are read where the system put the file" {
    const io = std.testing.io;
    var tmp = std.testing.tmpDir(.{});
    defer tmp.cleanup();
    try tmp.dir.writeFile(io, .{ .sub_path = "model.safetensors", .data = @embedFile("capstone/model.safetensors") });

    const on_disk = try tmp.dir.openFile(io, "model.safetensors", .{});
    defer on_disk.close(io);
    const size: usize = @intCast(try on_disk.length(io));
    try std.testing.expect(size > 0); // an empty file cannot be mapped
    var map = try on_disk.createMemoryMap(io, .{ .len = size, .protection = .{ .read = true } });
    defer map.destroy(io);

    var header: std.heap.ArenaAllocator = .init(std.testing.allocator);
    defer header.deinit();
    const file: safetensors.File = try .open(header.allocator(), map.memory);
    const anywhere = try file.view(f32, "layers.0.weight", &.{ 32, 64 });
    const weight: []const f32 = @alignCast(anywhere); // this file's numbers begin at a multiple of 8

    try std.testing.expectEqual(2048, weight.len);
    const begin = @intFromPtr(map.memory.ptr);
    try std.testing.expect(@intFromPtr(weight.ptr) > begin and @intFromPtr(weight.ptr) < begin + size);
}
