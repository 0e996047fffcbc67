//@ panic: double free
//@ title: A function that builds an owner and returns it
//@ wasm: WebAssembly has no stack traces, so the report names no line
const std = @import("std");

const Tensor = struct {
    data: []f32,

    fn deinit(self: *Tensor, gpa: std.mem.Allocator) void {
        gpa.free(self.data);
        self.* = undefined;
    }
};

fn ones(gpa: std.mem.Allocator, n: usize) !Tensor {
    var t: Tensor = .{ .data = try gpa.alloc(f32, n) };
    defer t.deinit(gpa);
    @memset(t.data, 1);
    return t;
}

pub fn main(init: std.process.Init) !void {
    var t = try ones(init.gpa, 4);
    defer t.deinit(init.gpa);
    std.debug.print("{d} values\n", .{t.data.len});
}
