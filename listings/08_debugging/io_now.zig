//@ run
//@ title: Standard output: a writer with a buffer that you give, and a flush
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    var buffer: [64]u8 = undefined;
    var stdout = std.Io.File.stdout().writerStreaming(init.io, &buffer);
    try stdout.interface.print("{d} {s}\n", .{ 7, "numbers" });
    try stdout.interface.flush();
}
