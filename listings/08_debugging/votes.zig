//@ panic: write after free
//@ title: Votes for the cat
//@ wasm: WebAssembly has no stack traces, so the report names no line
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;
    var votes: std.StringHashMapUnmanaged(u32) = .empty;
    defer votes.deinit(gpa);

    try votes.put(gpa, "cat", 1);
    const cat = votes.getPtr("cat").?;
    for ([_][]const u8{ "ant", "bee", "cow", "dog", "eel", "fox", "owl" }) |name| {
        try votes.put(gpa, name, 1);
    }
    cat.* += 1; // one more vote for the cat
    std.debug.print("the cat has {d}\n", .{votes.get("cat").?});
}
