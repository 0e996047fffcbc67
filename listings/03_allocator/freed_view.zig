//@ panic: mismatches allocation
//@ title: Which slice goes to free?
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;

    const line = try gpa.dupe(u8, "        relu");
    const word = std.mem.trim(u8, line, " ");
    std.debug.print("[{s}]\n", .{word});
    gpa.free(word);
}
