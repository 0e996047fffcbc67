//@ panic: Segmentation fault
//@ title: Freeing a large block twice
//@ wasm: WebAssembly cannot unmap memory, so the second free touches it unpunished
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;
    const image = try gpa.alloc(u8, 64 * 1024);
    gpa.free(image);
    gpa.free(image);
}
