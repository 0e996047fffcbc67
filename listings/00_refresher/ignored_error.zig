//@ compile-error: error union of type 'error{NoPath}!void' is ignored
//@ title: An error cannot be overlooked
const std = @import("std");

fn save(path: []const u8) error{NoPath}!void {
    if (path.len == 0) return error.NoPath;
}

pub fn main() void {
    save("");
    std.debug.print("saved\n", .{});
}
