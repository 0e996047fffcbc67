//@ run
//@ mode: safe
//@ title: Two blocks that were given back, in a safe build
//@ wasm: the allocator in the page writes its own sign over both blocks, as in a Debug build
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;
    const slice = try gpa.alloc(u32, 1);
    slice[0] = 1;
    gpa.free(slice);

    const item = try gpa.create(u32);
    item.* = 1;
    gpa.destroy(item);

    std.debug.print("after free    {x}\n", .{slice[0]});
    std.debug.print("after destroy {x}\n", .{item.*});
}
