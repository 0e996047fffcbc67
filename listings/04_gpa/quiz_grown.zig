//@ panic: double free
//@ title: A list that grows
//@ wasm: WebAssembly has no stack traces, so the report names no line
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;
    const scores = try gpa.dupe(f32, &.{ 1, 2 });
    defer gpa.free(scores);

    const other = try gpa.alloc(f32, 2); // sits behind `scores`, so `scores` must move to grow
    defer gpa.free(other);

    const grown = try gpa.realloc(scores, 4);
    std.debug.print("{d} scores\n", .{grown.len});
}
