//@ leak
//@ title: The best label so far
//@ trace
//@ wasm: WebAssembly has no stack traces, so the report names no line
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;
    var best = try gpa.dupe(u8, "cat");
    defer gpa.free(best);
    var next = try gpa.dupe(u8, "dog");
    defer gpa.free(next);

    best = next;
    next = try gpa.dupe(u8, "cow");
    std.debug.print("{s}, then {s}\n", .{ best, next });
}
