//@ test
//@ title: Read a file whole
//@ wasm: a page has no file system
const std = @import("std");
const Allocator = std.mem.Allocator;

// ANCHOR: recipe
/// The caller owns the content.
fn load(io: std.Io, gpa: Allocator, dir: std.Io.Dir, path: []const u8) ![]u8 {
    return dir.readFileAlloc(io, path, gpa, .limited(1024 * 1024)); // error.StreamTooLong above that
}

test "write a file, then read it" {
    const io, const gpa = .{ std.testing.io, std.testing.allocator };
    var tmp = std.testing.tmpDir(.{}); // in a program: std.Io.Dir.cwd()
    defer tmp.cleanup();
    try tmp.dir.writeFile(io, .{ .sub_path = "names.txt", .data = "cat\ndog\n" });

    const text = try load(io, gpa, tmp.dir, "names.txt");
    defer gpa.free(text);
    try std.testing.expectEqualStrings("cat\ndog\n", text);
}
// ANCHOR_END: recipe
