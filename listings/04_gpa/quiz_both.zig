//@ leak
//@ title: A buffer that grows by hand
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;

    var buffer = try gpa.alloc(u8, 4);
    @memset(buffer, 1);

    const larger = try gpa.alloc(u8, 8);
    @memset(larger, 0);
    @memcpy(larger[0..buffer.len], buffer);
    buffer = larger;

    std.debug.print("{any}\n", .{buffer});
    gpa.free(buffer);
}
