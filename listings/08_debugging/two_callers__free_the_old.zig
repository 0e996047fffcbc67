//@ run
//@ variant: What if `relabel` frees the old text first?
//@ trace
const std = @import("std");
const Allocator = std.mem.Allocator;

/// The caller owns the text.
fn labelOf(gpa: Allocator, class: usize) ![]u8 {
    const names = [_][]const u8{ "cat", "bird" };
    return gpa.dupe(u8, names[class]);
}

const Image = struct {
    label: []u8,

    fn init(gpa: Allocator, class: usize) !Image {
        return .{ .label = try labelOf(gpa, class) };
    }

    fn relabel(image: *Image, gpa: Allocator, class: usize) !void {
        gpa.free(image.label);
        image.label = try labelOf(gpa, class);
    }

    fn deinit(image: *Image, gpa: Allocator) void {
        gpa.free(image.label);
        image.* = undefined;
    }
};

pub fn main(init: std.process.Init) !void {
    var image: Image = try .init(init.gpa, 0);
    defer image.deinit(init.gpa);

    try image.relabel(init.gpa, 1);
    std.debug.print("{s}\n", .{image.label});
}
