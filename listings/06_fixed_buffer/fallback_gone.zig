//@ compile-error: has no member named 'stackFallback'
//@ title: The name in older texts
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    var stack = std.heap.stackFallback(64, init.gpa);
    const gpa = stack.get();
    gpa.free(try gpa.alloc(u8, 3));
}
