//@ panic: Segmentation fault
//@ title: A small block and its neighbors
//@ wasm: WebAssembly cannot unmap memory, so the read succeeds here
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;
    var blocks: [1000][]u8 = undefined;
    for (&blocks) |*block| block.* = try gpa.alloc(u8, 16);
    for (blocks) |block| gpa.free(block);

    std.debug.print("after:  {d}\n", .{blocks[500][0]});
}
