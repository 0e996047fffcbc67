//@ test
//@ title: Weights from a file
//@ wasm: a page has no file system

const std = @import("std");
const safetensors = @import("safetensors.zig");
const Allocator = std.mem.Allocator;

/// The weights are copied into `arena`. The file's bytes and its header are gone on return.
fn loadWeights(arena: Allocator, gpa: Allocator, io: std.Io, dir: std.Io.Dir, path: []const u8) ![]const f32 {
    var scratch: std.heap.ArenaAllocator = .init(gpa);
    defer scratch.deinit();
    const bytes = try dir.readFileAlloc(io, path, scratch.allocator(), .limited(1 << 20)); // at most 1 MiB
    const file: safetensors.File = try .open(scratch.allocator(), bytes);
    return file.floats(arena, "layers.3.bias", &.{10});
}

test "weights outlive the file's bytes" {
    const io = std.testing.io;
    var tmp = std.testing.tmpDir(.{});
    defer tmp.cleanup();
    try tmp.dir.writeFile(io, .{ .sub_path = "model.safetensors", .data = @embedFile("capstone/model.safetensors") });

    var model_arena: std.heap.ArenaAllocator = .init(std.testing.allocator);
    defer model_arena.deinit();
    const bias = try loadWeights(model_arena.allocator(), std.testing.allocator, io, tmp.dir, "model.safetensors");
    try std.testing.expectEqual(10, bias.len);
    for (bias) |b| try std.testing.expect(@abs(b) < 1);

    const missing = loadWeights(model_arena.allocator(), std.testing.allocator, io, tmp.dir, "no.safetensors");
    try std.testing.expectError(error.FileNotFound, missing);
}
