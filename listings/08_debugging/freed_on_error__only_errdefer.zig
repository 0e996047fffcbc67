//@ run
//@ variant: What if the row is not freed by hand?
//@ trace
const std = @import("std");

/// The caller owns the row.
fn readRow(gpa: std.mem.Allocator, pixels: []const u8) ![]u8 {
    const row = try gpa.dupe(u8, pixels);
    errdefer gpa.free(row);

    if (row.len != 4) {
        return error.WrongLength;
    }
    return row;
}

pub fn main(init: std.process.Init) !void {
    const row = readRow(init.gpa, &.{ 7, 7, 7 }) catch |err| {
        std.debug.print("{t}\n", .{err});
        return;
    };
    init.gpa.free(row);
}
