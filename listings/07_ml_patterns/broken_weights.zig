//@ test
//@ title: Files that are wrong

const std = @import("std");
const safetensors = @import("safetensors.zig");

const good = @embedFile("capstone/model.safetensors");
const name = "layers.0.weight";
const shape = [_]usize{ 32, 64 };

/// Loads the first layer's weights, as the classifier does.
fn load(arena: std.mem.Allocator, bytes: []const u8, wanted: []const usize) !void {
    const file: safetensors.File = try .open(arena, bytes);
    _ = try file.floats(arena, name, wanted);
}

/// Loads a copy of the good file in which `old` is replaced by `new`, of the same length.
fn expectAfterEdit(expected: anyerror, old: []const u8, new: []const u8) !void {
    var arena: std.heap.ArenaAllocator = .init(std.testing.allocator);
    defer arena.deinit();
    const bytes = try arena.allocator().dupe(u8, good);
    const at = std.mem.find(u8, bytes, old).?;
    @memcpy(bytes[at..][0..new.len], new);
    try std.testing.expectError(expected, load(arena.allocator(), bytes, &shape));
}

fn expectOf(expected: anyerror, bytes: []const u8, wanted: []const usize) !void {
    var arena: std.heap.ArenaAllocator = .init(std.testing.allocator);
    defer arena.deinit();
    try std.testing.expectError(expected, load(arena.allocator(), bytes, wanted));
}

test "the good file loads" {
    var arena: std.heap.ArenaAllocator = .init(std.testing.allocator);
    defer arena.deinit();
    try load(arena.allocator(), good, &shape);
}

// ANCHOR: short
test "a file that ends too early" {
    try expectOf(error.FileTooShort, good[0..5], &shape); // inside the length
    try expectOf(error.FileTooShort, good[0..100], &shape); // inside the header
    try expectOf(error.FileTooShort, good[0..1000], &shape); // inside the numbers
}
// ANCHOR_END: short

// ANCHOR: wrong
test "a tensor of another shape or type" {
    try expectOf(error.WrongShape, good, &.{ 64, 32 }); // as many numbers, transposed
    try expectAfterEdit(error.WrongShape, "[0,8192]", "[0,8188]"); // one number missing
    try expectAfterEdit(error.WrongType, "F32", "F16");
}

test "a tensor that is not there, and a header that is no JSON" {
    try expectAfterEdit(error.TensorMissing, name, "layers.9.weight");
    try expectAfterEdit(error.BadHeader, "{", "[");
}

test "what is said about the file is no tensor, and a view has the tensor's type" {
    var arena: std.heap.ArenaAllocator = .init(std.testing.allocator);
    defer arena.deinit();
    const file: safetensors.File = try .open(arena.allocator(), good);
    try std.testing.expectError(error.BadHeader, file.view(f32, "__metadata__", &shape));
    try std.testing.expectError(error.WrongType, file.view(f16, name, &shape));
    const numbers = try file.view(f32, name, &shape);
    try std.testing.expectEqual(32 * 64, numbers.len);
}

test "a header of nothing but brackets" {
    var bytes: [200_008]u8 = @splat('[');
    std.mem.writeInt(u64, bytes[0..8], 200_000, .little);
    try expectOf(error.BadHeader, &bytes, &shape);
}

test "a weight that is not a number" {
    const nan = std.mem.asBytes(&std.math.nan(f32));
    const length = std.mem.readInt(u64, good[0..8], .little);
    const first = good[8 + @as(usize, @intCast(length)) ..][0..4];
    try expectAfterEdit(error.NotFinite, first, nan);
}
// ANCHOR_END: wrong

test "no memory at any point" {
    const once = struct {
        fn run(gpa: std.mem.Allocator) !void {
            var arena: std.heap.ArenaAllocator = .init(gpa);
            defer arena.deinit();
            try load(arena.allocator(), good, &shape);
        }
    };
    try std.testing.checkAllAllocationFailures(std.testing.allocator, once.run, .{});
}
