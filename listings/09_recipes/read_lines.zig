//@ test
//@ title: Read a file line by line
//@ wasm: a page has no file system
const std = @import("std");

// ANCHOR: recipe
fn sumOfLines(io: std.Io, dir: std.Io.Dir, path: []const u8) !u64 {
    const file = try dir.openFile(io, path, .{});
    defer file.close(io);
    var buffer: [4096]u8 = undefined; // room for the longest line
    var reader = file.reader(io, &buffer);
    var sum: u64 = 0;
    while (try reader.interface.takeDelimiter('\n')) |line| { // a view, until the next line
        sum += try std.fmt.parseInt(u64, line, 10);
    }
    return sum;
}
// ANCHOR_END: recipe

test "three lines, the last one without an end" {
    const io = std.testing.io;
    var tmp = std.testing.tmpDir(.{});
    defer tmp.cleanup();
    try tmp.dir.writeFile(io, .{ .sub_path = "numbers.txt", .data = "1\n20\n300" });
    try std.testing.expectEqual(321, try sumOfLines(io, tmp.dir, "numbers.txt"));
}
