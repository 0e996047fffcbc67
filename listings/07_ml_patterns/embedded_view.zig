//@ run
//@ title: Weights that are used where the file lies

const std = @import("std");

// An array in the program itself, and its type says where it may begin.
const file align(@alignOf(f32)) = @embedFile("capstone/model.safetensors").*;

pub fn main() void {
    const length: usize = @intCast(std.mem.readInt(u64, file[0..8], .little));
    const data = file[8 + length ..]; // the offsets of the header count from here
    const bias: []const f32 = @ptrCast(@alignCast(data[8192..8320])); // layers.0.bias

    var largest: f32 = 0;
    for (bias) |b| largest = @max(largest, @abs(b));
    std.debug.print("{d} numbers, none above 1: {}\n", .{ bias.len, largest < 1 });
    std.debug.print("in the file: {}\n", .{@intFromPtr(bias.ptr) == @intFromPtr(&file) + 8 + length + 8192});
}
