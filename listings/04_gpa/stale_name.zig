//@ run
//@ title: Alice and Carol
//@ wasm: smp_allocator needs threads, which WebAssembly builds do not have
const std = @import("std");

pub fn main() !void {
    const gpa = std.heap.smp_allocator;

    const alice = try gpa.dupe(u8, "alice: 90");
    gpa.free(alice);

    const carol = try gpa.dupe(u8, "carol: 12");
    defer gpa.free(carol);
    std.debug.print("alice's line: {s}\n", .{alice});
}
