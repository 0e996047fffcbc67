//! What does it cost where the activations of one inference live? Run in the lesson's folder:
//!
//!     zig build-exe -O fast -femit-bin=bench --dep digits -Mroot=capstone/bench.zig -Mdigits=digits.zig
//!     ./bench
//!
//! or `python3 capstone/bench.py`, which builds and runs this and adds NumPy. Prints, for each
//! variant, the processor's nanoseconds for one inference (the median of the rounds) and how many
//! allocations it made. The variants take turns within a round, so that a busy machine slows all of
//! them. The last one is the fixed buffer again, with layers that multiply one number at a time
//! instead of eight.

const std = @import("std");
const digits = @import("digits");
const Allocator = std.mem.Allocator;
const ArenaAllocator = std.heap.ArenaAllocator;
const FixedBufferAllocator = std.heap.FixedBufferAllocator;

const rounds = 31;
const inferences = 2000;

/// As the Python program does without thinking: a new buffer for every activation.
fn inferNaively(model: *const digits.Model, gpa: Allocator, pixels: []const u8) ![10]f32 {
    var x = try gpa.alloc(f32, digits.sizes[0]);
    defer gpa.free(x);
    for (x, pixels) |*value, pixel| value.* = @as(f32, pixel) / 16;
    for (&model.layers, 0..) |layer, i| {
        const y = try gpa.alloc(f32, layer.bias.len);
        digits.Model.dense(layer, x, y);
        if (i + 1 < model.layers.len) for (y) |*value| {
            value.* = @max(value.*, 0);
        };
        gpa.free(x);
        x = y;
    }
    return x[0..10].*;
}

/// As `Model.infer`, but a layer is a plain loop without `@Vector`.
fn inferPlainly(model: *const digits.Model, scratch: Allocator, pixels: []const u8) ![10]f32 {
    var ping = try scratch.alloc(f32, digits.plan[0]);
    var pong = try scratch.alloc(f32, digits.plan[1]);
    for (ping[0..digits.sizes[0]], pixels) |*x, pixel| x.* = @as(f32, pixel) / 16;
    for (&model.layers, 0..) |layer, i| {
        const x = ping[0 .. layer.weight.len / layer.bias.len];
        for (pong[0..layer.bias.len], layer.bias, 0..) |*y, bias, row| {
            var sum = bias;
            for (layer.weight[row * x.len ..][0..x.len], x) |w, v| sum += w * v;
            y.* = if (i + 1 < model.layers.len) @max(sum, 0) else sum;
        }
        std.mem.swap([]f32, &ping, &pong);
    }
    return ping[0..10].*;
}

const Variant = enum { general_purpose, arena_reset, fixed_buffer, fixed_buffer_without_vectors };
const variants = std.enums.values(Variant);

const Bench = struct {
    model: digits.Model,
    images: []const u8,
    counting: digits.Counting,
    arena: ArenaAllocator,
    fixed: FixedBufferAllocator,

    fn infer(bench: *Bench, variant: Variant, pixels: []const u8) ![10]f32 {
        switch (variant) {
            .general_purpose => return inferNaively(&bench.model, bench.counting.allocator(), pixels),
            .arena_reset => {
                defer _ = bench.arena.reset(.retain_capacity);
                return bench.model.infer(bench.arena.allocator(), pixels);
            },
            .fixed_buffer => {
                defer bench.fixed.reset();
                return bench.model.infer(bench.fixed.allocator(), pixels);
            },
            .fixed_buffer_without_vectors => {
                defer bench.fixed.reset();
                return inferPlainly(&bench.model, bench.fixed.allocator(), pixels);
            },
        }
    }

    /// Nanoseconds of one inference.
    fn time(bench: *Bench, io: std.Io, variant: Variant) !f64 {
        const start = std.Io.Timestamp.now(io, .cpu_process);
        for (0..inferences) |i| {
            const image = i % 360;
            const logits = try bench.infer(variant, bench.images[image * 64 ..][0..64]);
            std.mem.doNotOptimizeAway(&logits);
        }
        const took = start.durationTo(std.Io.Timestamp.now(io, .cpu_process));
        return @as(f64, @floatFromInt(took.nanoseconds)) / inferences;
    }
};

pub fn main(init: std.process.Init) !void {
    const forever = init.arena.allocator();
    const held_out: digits.safetensors.File = try .open(forever, digits.digits_file);
    var block: [digits.plan_bytes]u8 align(@alignOf(f32)) = undefined;
    var bench: Bench = .{
        .model = try .load(forever, init.gpa, digits.model_file),
        .images = try held_out.view(u8, "images", &.{ 360, 64 }),
        .counting = .{ .child = init.gpa },
        .arena = undefined,
        .fixed = .init(&block),
    };
    bench.arena = .init(bench.counting.allocator());
    defer bench.arena.deinit();

    var times: [variants.len][rounds]f64 = undefined;
    var allocations: [variants.len]usize = @splat(0);
    for (variants) |variant| _ = try bench.time(init.io, variant); // warm up
    for (0..rounds) |round| for (variants, &times, &allocations) |variant, *row, *total| {
        const before = bench.counting.allocations;
        row[round] = try bench.time(init.io, variant);
        total.* += bench.counting.allocations - before;
    };

    var buffer: [512]u8 = undefined;
    var stdout = std.Io.File.stdout().writerStreaming(init.io, &buffer);
    for (variants, &times, allocations) |variant, *row, total| {
        std.mem.sort(f64, row, {}, std.sort.asc(f64));
        const each = @as(f64, @floatFromInt(total)) / (rounds * inferences);
        try stdout.interface.print("{t} {d:.1} {d}\n", .{ variant, row[rounds / 2], each });
    }
    try stdout.interface.flush();
}
