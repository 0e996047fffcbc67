//@ run
//@ variant: What if `main` asks for 2 biases?
//@ trace
const std = @import("std");

const Model = struct {
    weights: []i32,
    bias: []i32,

    /// The caller owns the model and frees it with `deinit`.
    fn init(gpa: std.mem.Allocator, weights_len: usize, bias_len: usize) !Model {
        const weights = try gpa.alloc(i32, weights_len);
        errdefer gpa.free(weights);
        @memset(weights, 1);
        const bias = try gpa.alloc(i32, bias_len);
        @memset(bias, 0);
        return .{ .weights = weights, .bias = bias };
    }

    fn deinit(self: *Model, gpa: std.mem.Allocator) void {
        gpa.free(self.bias);
        gpa.free(self.weights);
        self.* = undefined;
    }
};

pub fn main(init: std.process.Init) void {
    var model = Model.init(init.gpa, 2, 2) catch |err| {
        std.debug.print("no model: {t}\n", .{err});
        return;
    };
    defer model.deinit(init.gpa);
    std.debug.print("a model\n", .{});
}
