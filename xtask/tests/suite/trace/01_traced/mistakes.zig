//! Memory that is not given back, and pointers that outlive what they point to.
const std = @import("std");

fn local() []u8 {
    var buffer = [_]u8{ 1, 2, 3 };
    return buffer[0..];
}

pub fn main(init: std.process.Init) !void {
    const gone = local();
    var inside: *u32 = undefined;
    {
        var scoped: u32 = 3;
        inside = &scoped;
    }
    const leaked = try init.gpa.alloc(u32, 2);
    leaked[0] = 1;
    const freed = try init.gpa.create(u32);
    const copy = freed;
    init.gpa.destroy(freed);
    _ = .{ gone, inside, copy };
    std.debug.print("end\n", .{});
}
