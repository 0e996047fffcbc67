//@ test
//@ title: Load weights without a copy
//@ wasm: a page has no file system
const std = @import("std");

// ANCHOR: recipe
fn sumOfFile(io: std.Io, dir: std.Io.Dir, path: []const u8) !f32 {
    const file = try dir.openFile(io, path, .{});
    defer file.close(io);
    const size: usize = @intCast(try file.length(io));
    var map = try file.createMemoryMap(io, .{ .len = size, .protection = .{ .read = true } });
    defer map.destroy(io); // ends every view of the file
    return sum(@ptrCast(@alignCast(map.memory))); // a map begins at the start of a page
}
// ANCHOR_END: recipe

fn sum(xs: []const f32) f32 {
    var total: f32 = 0;
    for (xs) |x| total += x;
    return total;
}

test "four numbers, used where the system put them" {
    const io = std.testing.io;
    var tmp = std.testing.tmpDir(.{});
    defer tmp.cleanup();
    const numbers = [_]f32{ 1, 2, 3, 4 };
    try tmp.dir.writeFile(io, .{ .sub_path = "w.bin", .data = std.mem.sliceAsBytes(&numbers) });
    try std.testing.expectEqual(10, try sumOfFile(io, tmp.dir, "w.bin"));
}
