//@ run
//@ title: Two buffers and a counter
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    var on_stack: [4]u8 = undefined;
    on_stack[0] = 7;

    const on_heap = try init.gpa.alloc(u8, 4);
    defer init.gpa.free(on_heap);
    on_heap[0] = 7;

    std.debug.print("stack {any}\nheap  {any}\n", .{ on_stack, on_heap });

    var counter: u32 = undefined;
    counter += 1;
    std.debug.print("counter {d}\n", .{counter});
}
