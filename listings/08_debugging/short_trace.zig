//@ leak
//@ title: A word count
//@ wasm: WebAssembly has no stack traces, so the report names no line
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;
    var counts: std.StringHashMapUnmanaged(u32) = .empty;
    const entry = try counts.getOrPutValue(gpa, "cat", 0);
    entry.value_ptr.* += 1;
    std.debug.print("{d}\n", .{counts.get("cat").?});
}
