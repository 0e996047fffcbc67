//@ leak
//@ title: `DebugAllocator`, deprecated
//@ wasm: WebAssembly has no stack traces, so the report names no line
const std = @import("std");

pub fn main() !void {
    var debug: std.heap.DebugAllocator(.{}) = .init; // a generic type: options in parentheses
    const gpa = debug.allocator();

    const logits = try gpa.alloc(f32, 4);
    logits[0] = 0;
    std.debug.print("deinit says .{t}\n", .{debug.deinit()});
}
