//@ panic: double free
//@ variant: What if the old block is freed first, and the next request fails?
//@ wasm: WebAssembly has no stack traces, so the report names no line
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;

    var weights = try gpa.alloc(f32, 3);
    defer gpa.free(weights); // frees what `weights` holds when main ends
    @memset(weights, 1);

    gpa.free(weights);
    const new = try gpa.alloc(f32, std.math.maxInt(usize));
    weights = new;
    @memset(weights, 2);

    std.debug.print("serving {any}\n", .{weights});
}
