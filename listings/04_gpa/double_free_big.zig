//@ panic: Segmentation fault
//@ title: 64 KiB, given back and given back
//@ wasm: WebAssembly cannot unmap memory, so the second free does not stop here
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;
    const image = try gpa.alloc(u8, 64 * 1024);
    gpa.free(image);
    gpa.free(image);
}
