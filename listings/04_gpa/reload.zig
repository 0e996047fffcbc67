//@ leak
//@ title: Loading twice
//@ trace
//@ wasm: WebAssembly has no stack traces, so the report names no line
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;

    var weights = try gpa.alloc(f32, 3);
    @memset(weights, 1);

    weights = try gpa.alloc(f32, 5); // load again
    @memset(weights, 2);

    std.debug.print("serving {any}\n", .{weights});
    gpa.free(weights);
}
