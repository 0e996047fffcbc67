//@ panic: Segmentation fault
//@ title: A view and its block, of 64 KiB
//@ wasm: WebAssembly cannot unmap memory, so the read succeeds here
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;
    const image = try gpa.alloc(u8, 64 * 1024);
    @memset(image, 7);
    std.debug.print("before: {d}\n", .{image[0]});

    gpa.free(image);
    std.debug.print("after:  {d}\n", .{image[0]});
}
