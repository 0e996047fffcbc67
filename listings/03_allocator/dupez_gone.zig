//@ compile-error: no field or member function named 'dupeZ'
//@ title: The old name of a copy with a zero at the end
const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const name = try init.gpa.dupeZ(u8, "relu");
    defer init.gpa.free(name);
}
