//@ leak
//@ title: Weights, and two allocators
//@ trace
//@ wasm: WebAssembly has no stack traces, so the report names no line
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;
    var arena: std.heap.ArenaAllocator = .init(gpa);
    defer arena.deinit();
    const scratch = arena.allocator();

    const weights = try gpa.alloc(f32, 4);
    const activations = try scratch.alloc(f32, 4);
    @memset(weights, 2);
    for (activations, weights) |*out, w| out.* = w * w;
    std.debug.print("{d}\n", .{activations[3]});
    scratch.free(weights);
}
