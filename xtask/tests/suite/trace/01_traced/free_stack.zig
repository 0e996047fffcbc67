const std = @import("std");

pub fn main(init: std.process.Init) void {
    var local: [16]u8 = @splat(1);
    init.gpa.free(&local);
}
