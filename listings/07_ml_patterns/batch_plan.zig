//@ run
//@ title: A plan for several images at a time

const std = @import("std");
const digits = @import("digits.zig");

const per_image = digits.plan_bytes;
const paint: u32 = 0xaaaaaaaa;

/// Computes the logits of all images, layer by layer. Each buffer has room for one layer of each image.
fn inferBatch(model: *const digits.Model, buffers: [2][]f32, images: []const u8) []const f32 {
    const sizes = digits.sizes;
    var x, var y = buffers;
    for (x[0..images.len], images) |*number, pixel| number.* = @as(f32, pixel) / 16;
    for (&model.layers, sizes[0..4], sizes[1..5], 0..) |layer, in, out, i| {
        for (0..images.len / sizes[0]) |image| {
            const row = y[image * out ..][0..out];
            digits.Model.dense(layer, x[image * in ..][0..in], row);
            if (i + 1 < model.layers.len) for (row) |*number| {
                number.* = @max(number.*, 0);
            };
        }
        std.mem.swap([]f32, &x, &y);
    }
    return x[0 .. images.len / sizes[0] * sizes[4]];
}

pub fn main(init: std.process.Init) !void {
    const forever = init.arena.allocator();
    const model: digits.Model = try .load(forever, init.gpa, digits.model_file);
    const file: digits.safetensors.File = try .open(forever, digits.digits_file);
    const images = try file.view(u8, "images", &.{ 360, 64 });
    const labels = try file.view(u8, "labels", &.{360});

    std.debug.print("weights: {d} bytes, whatever the batch\n", .{digits.weights_bytes});
    for ([_]usize{ 1, 8, 32 }) |batch| {
        // Twice what is planned, painted, so that too much is seen as well as too little.
        const memory = try init.gpa.alloc(f32, 2 * batch * per_image / @sizeOf(f32));
        defer init.gpa.free(memory);
        @memset(memory, @bitCast(paint));

        const first = batch * digits.plan[0];
        const logits = inferBatch(&model, .{ memory[0..first], memory[first..] }, images[0 .. batch * 64]);
        var right: usize = 0;
        for (0..batch) |i| right += @intFromBool(digits.label(logits[i * 10 ..][0..10]) == labels[i]);
        var written: usize = 0;
        for (memory) |number| written += @intFromBool(@as(u32, @bitCast(number)) != paint);
        std.debug.print("batch of {d}: {d} bytes planned, {d} written, {d} right\n", .{
            batch, batch * per_image, written * @sizeOf(f32), right,
        });
    }
    std.debug.print("largest batch in 64 KiB: {d}\n", .{64 * 1024 / per_image});
}
