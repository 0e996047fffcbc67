//@ panic: free of invalid memory
//@ title: An array given to `free`
//@ wasm: WebAssembly has no stack traces, so the report names no line
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;
    var buffer: [16]u8 = @splat('-');
    const line: []u8 = &buffer; // a slice, like any other

    std.debug.print("{s}\n", .{line});
    gpa.free(line);
}
