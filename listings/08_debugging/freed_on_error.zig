//@ panic: double free
//@ title: A row of the wrong length
//@ trace
//@ wasm: WebAssembly has no stack traces, so the report names no line
const std = @import("std");

/// The caller owns the row.
fn readRow(gpa: std.mem.Allocator, pixels: []const u8) ![]u8 {
    const row = try gpa.dupe(u8, pixels);
    errdefer gpa.free(row);

    if (row.len != 4) {
        gpa.free(row);
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
