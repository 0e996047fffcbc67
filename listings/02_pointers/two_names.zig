//@ run
//@ title: Writing through either name
//@ same-output
const std = @import("std");

pub fn main() void {
    var loss: u8 = 9;
    const p = &loss;
    loss = 4; // by name
    std.debug.print("p.* {d}\n", .{p.*});
    p.* = 2; // through the pointer
    std.debug.print("loss {d}\n", .{loss});
}
