//@ panic: index out of bounds
//@ variant: What if the plan has one number less for the second buffer?
//@ wasm: the notes that an arena and a parsed header keep are smaller here

const std = @import("std");
pub const safetensors = @import("safetensors.zig");
pub const Counting = @import("counting.zig").Counting;
const Allocator = std.mem.Allocator;
const ArenaAllocator = std.heap.ArenaAllocator;
const FixedBufferAllocator = std.heap.FixedBufferAllocator;

/// The files that capstone/train.py wrote.
pub const model_file = @embedFile("capstone/model.safetensors");
pub const digits_file = @embedFile("capstone/digits.safetensors");

// ANCHOR: plan
/// How many numbers go into the model, come out of each layer, and are the answer.
pub const sizes = [_]usize{ 64, 32, 32, 32, 10 };

/// The two activation buffers: the first holds the input and what every second layer writes,
/// the second holds the rest.
pub const plan = plan: {
    var lens = [2]usize{ 0, 0 };
    for (sizes, 0..) |size, i| lens[i % 2] = @max(lens[i % 2], size);
    break :plan .{ lens[0], lens[1] - 1 };
};
pub const plan_bytes = (plan[0] + plan[1]) * @sizeOf(f32);

/// One block for all weights. Each tensor starts at a multiple of 64, as `floats` asks for it.
pub const weights_bytes = bytes: {
    var end: usize = 0;
    for (sizes[0..4], sizes[1..5]) |in, out| for ([_]usize{ out * in, out }) |len| {
        end = std.mem.alignForward(usize, end, 64) + len * @sizeOf(f32);
    };
    break :bytes end;
};
// ANCHOR_END: plan

// ANCHOR: load
pub const Model = struct {
    layers: [sizes.len - 1]Layer,

    const Layer = struct { weight: []align(64) const f32, bias: []align(64) const f32 };

    /// Reads a safetensors file. The numbers are copied into memory of `weights`, and nobody frees
    /// them one by one: pass a planned block, or an arena. `bytes` may go away after the call.
    pub fn load(weights: Allocator, gpa: Allocator, bytes: []const u8) safetensors.Error!Model {
        var header: ArenaAllocator = .init(gpa);
        defer header.deinit(); // the parsed header dies here, the weights do not
        const scratch = header.allocator();
        const file: safetensors.File = try .open(scratch, bytes);
        var model: Model = undefined;
        for (&model.layers, sizes[0..4], sizes[1..5], 0..) |*layer, in, out, i| layer.* = .{
            .weight = try file.floats(weights, try scratch.print("layers.{d}.weight", .{i}), &.{ out, in }),
            .bias = try file.floats(weights, try scratch.print("layers.{d}.bias", .{i}), &.{out}),
        };
        return model;
    }
    // ANCHOR_END: load

    // ANCHOR: infer
    /// The ten logits of one image, whose pixels go from 0 to 16. Returned by value: nothing of
    /// `scratch` leaves.
    pub fn infer(model: *const Model, scratch: Allocator, pixels: []const u8) Allocator.Error![10]f32 {
        var ping = try scratch.alloc(f32, plan[0]);
        var pong = try scratch.alloc(f32, plan[1]);
        for (ping[0..sizes[0]], pixels) |*x, pixel| x.* = @as(f32, pixel) / 16;
        for (&model.layers, sizes[0..4], sizes[1..5], 0..) |layer, in, out, i| {
            dense(layer, ping[0..in], pong[0..out]);
            const last = i + 1 == model.layers.len;
            if (!last) for (pong[0..out]) |*y| {
                y.* = @max(y.*, 0);
            };
            std.mem.swap([]f32, &ping, &pong);
        }
        return ping[0..10].*;
    }

    pub fn dense(layer: Layer, x: []const f32, y: []f32) void {
        for (y, layer.bias, 0..) |*sum, bias, row| {
            sum.* = bias + dot(layer.weight[row * x.len ..][0..x.len], x);
        }
    }

    /// Eight products at a time; every layer's input is a multiple of eight long.
    fn dot(w: []const f32, x: []const f32) f32 {
        var sums: @Vector(8, f32) = @splat(0);
        var i: usize = 0;
        while (i < x.len) : (i += 8) {
            const eight: @Vector(8, f32) = w[i..][0..8].*;
            sums += eight * @as(@Vector(8, f32), x[i..][0..8].*);
        }
        return @reduce(.Add, sums);
    }
    // ANCHOR_END: infer
};

pub fn label(logits: []const f32) usize {
    return std.mem.findMax(f32, logits);
}

// ANCHOR: written
/// How many bytes an inference writes: it works on painted memory, and what still has its paint
/// was not needed.
fn bytesWritten(model: *const Model, pixels: []const u8) !usize {
    const paint: f32 = @bitCast(@as(u32, 0xaaaaaaaa));
    var memory: [2 * plan_bytes / @sizeOf(f32)]f32 = @splat(paint);
    var fba: FixedBufferAllocator = .init(std.mem.sliceAsBytes(&memory));
    _ = try model.infer(fba.allocator(), pixels);
    var written: usize = 0;
    for (memory) |number| written += @intFromBool(@as(u32, @bitCast(number)) != 0xaaaaaaaa);
    return written * @sizeOf(f32);
}
// ANCHOR_END: written

// ANCHOR: main
pub fn main(init: std.process.Init) !void {
    var counting: Counting = .{ .child = init.gpa };
    const gpa = counting.allocator();

    // Three lifetimes: the model's, one inference's, and the program's.
    const block = try gpa.alignedAlloc(u8, .@"64", weights_bytes);
    defer gpa.free(block);
    var weights: FixedBufferAllocator = .init(block);
    var scratch_arena: ArenaAllocator = .init(gpa);
    defer scratch_arena.deinit();
    const forever = init.arena.allocator();

    const model: Model = try .load(weights.allocator(), gpa, model_file);
    const loading = counting.peak;
    const held_out: safetensors.File = try .open(forever, digits_file);
    const images = try held_out.view(u8, "images", &.{ 360, 64 });
    const labels = try held_out.view(u8, "labels", &.{360});
    const reference = try held_out.floats(forever, "logits", &.{ 360, 10 });

    var right: usize = 0;
    var other_label: usize = 0;
    var largest: f32 = 0; // difference of a logit from NumPy's
    var first: usize = 0; // allocations of the first inference
    const before = counting.allocations;
    for (labels, 0..) |truth, i| {
        const logits = try model.infer(scratch_arena.allocator(), images[i * 64 ..][0..64]);
        _ = scratch_arena.reset(.retain_capacity); // nothing of this inference is left

        const numpy = reference[i * 10 ..][0..10];
        if (label(&logits) == truth) right += 1;
        if (label(&logits) != label(numpy)) other_label += 1;
        for (logits, numpy) |ours, theirs| largest = @max(largest, @abs(ours - theirs));
        if (i == 0) first = counting.allocations - before;
    }
    const later = counting.allocations - before - first;
    // ANCHOR_END: main

    const written = try bytesWritten(&model, images[0..64]);
    std.debug.print("held-out digits: {d}, right: {d} ({d:.1} %)\n", .{ labels.len, right, 100 * @as(f32, @floatFromInt(right)) / 360 });
    std.debug.print("labels that differ from NumPy's: {d}\n", .{other_label});
    std.debug.print("all logits within 0.00001 of NumPy's: {}\n", .{largest < 1e-5});
    std.debug.print("weights: {d} bytes planned, {d} used, {d} held while loading\n", .{ weights_bytes, weights.end_index, loading });
    std.debug.print("one inference: {d} bytes planned, {d} written, {d} held by the arena\n", .{ plan_bytes, written, scratch_arena.queryCapacity() });
    std.debug.print("allocations: {d} in the first inference, {d} in the 359 after it\n", .{ first, later });
}
