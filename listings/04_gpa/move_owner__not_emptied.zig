//@ panic: double free
//@ variant: What if the line `self.* = .empty;` is left out?
//@ trace
//@ wasm: WebAssembly has no stack traces, so the report names no line
const std = @import("std");

const Tensor = struct {
    data: []f32,

    const empty: Tensor = .{ .data = &.{} };

    /// Returns the contents and leaves `self` empty. The new owner calls `deinit`.
    fn take(self: *Tensor) Tensor {
        const contents = self.*;
        return contents;
    }

    fn deinit(self: *Tensor, gpa: std.mem.Allocator) void {
        gpa.free(self.data);
        self.* = undefined;
    }
};

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;
    var a: Tensor = .{ .data = try gpa.dupe(f32, &.{ 1, 2 }) };
    defer a.deinit(gpa);

    var b = a.take();
    defer b.deinit(gpa);
    std.debug.print("a has {d}, b has {d}\n", .{ a.data.len, b.data.len });
}
