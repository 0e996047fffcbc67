//@ test-failure: leaked
//@ title: Find the leak
//@ wasm: WebAssembly has no stack traces, so the report names no line
const std = @import("std");
const Allocator = std.mem.Allocator;

// ANCHOR: recipe
fn label(gpa: Allocator, id: u32) ![]u8 {
    const number = try gpa.print("{d}", .{id});
    return gpa.print("item {s}", .{number});
}

test "label" {
    const gpa = std.testing.allocator;
    const text = try label(gpa, 7);
    defer gpa.free(text);
    try std.testing.expectEqualStrings("item 7", text);
}
// ANCHOR_END: recipe
