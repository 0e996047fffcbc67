//@ run
//@ title: Fresh memory, and memory that was given back
const std = @import("std");

fn show(comptime T: type, gpa: std.mem.Allocator) !void {
    const fresh = try gpa.alloc(T, 1);
    defer gpa.free(fresh);

    const slice = try gpa.alloc(T, 1);
    slice[0] = 1;
    gpa.free(slice);

    const item = try gpa.create(T);
    item.* = 1;
    gpa.destroy(item);

    const number = if (@typeInfo(T) == .float) "{e}" else "{d}";
    std.debug.print("{s}  fresh " ++ number ++ "  after free " ++ number ++ "  after destroy " ++ number ++ "\n", .{
        @typeName(T), fresh[0], slice[0], item.*, // read after the end: only to see the signs
    });
}

pub fn main(init: std.process.Init) !void {
    inline for (.{ u8, u32, i32, f32, f64 }) |T| try show(T, init.gpa);
}
