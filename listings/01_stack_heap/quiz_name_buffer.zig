//@ run
//@ title: A name for each layer
const std = @import("std");

fn layerName(number: u8) ![]u8 {
    var buffer: [16]u8 = undefined;
    return std.mem.print(&buffer, "layer-{d}", .{number});
}

pub fn main() !void {
    const name = try layerName(7);
    std.debug.print("{d} bytes\n", .{name.len});
}
