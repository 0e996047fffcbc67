//@ run
//@ title: Five functions that return an address
const std = @import("std");

const Pair = struct { x: u32, y: u32 };
const Text = struct { bytes: []const u8 };

fn aSlice() []u8 {
    var buf = [_]u8{ 1, 2, 3 };
    return buf[0..];
}

fn aNamedPointer() *u32 {
    var x: u32 = 1;
    const p = &x;
    return p;
}

fn aField() *u32 {
    var pair: Pair = .{ .x = 1, .y = 2 };
    return &pair.y;
}

fn aConstant(n: u32) *const u32 {
    const doubled = n * 2; // not known to the compiler
    return &doubled;
}

fn inAStruct() Text {
    var buf = [_]u8{ 'h', 'i' };
    return .{ .bytes = &buf };
}

pub fn main() void {
    _ = aSlice();
    _ = aNamedPointer();
    _ = aField();
    _ = aConstant(1);
    _ = inAStruct();
    std.debug.print("done\n", .{});
}
