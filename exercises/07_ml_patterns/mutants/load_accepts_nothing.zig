//@ killed-by: A model without inputs or without classes is refused
// Forgets that zero is a number too.

//! Exercise 7: a model, its file, and the memory of an inference.
//!
//! Three lifetimes: the weights live as long as the model, the bytes of a file live until it is
//! loaded, and what an inference needs lives until the next one.

const std = @import("std");
const Allocator = std.mem.Allocator;

/// A file is: these four bytes; inputs and classes (u64 each); the weights; the biases (f32 each).
/// All numbers are little-endian.
const magic = "SMP1";
const header_len = 20;

/// Reads the float at `offset`, which need not be aligned.
fn floatAt(bytes: []const u8, offset: usize) f32 {
    return @bitCast(std.mem.readInt(u32, bytes[offset..][0..4], .little));
}

/// Writes the float at `offset`, which need not be aligned.
fn putFloat(bytes: []u8, offset: usize, value: f32) void {
    std.mem.writeInt(u32, bytes[offset..][0..4], @bitCast(value), .little);
}

/// One linear layer: a score for each class. Owns its weights and biases.
pub const SimpleModel = struct {
    /// At least 1.
    inputs: usize,
    /// At least 1.
    classes: usize,
    /// One row of `inputs` floats for each class, one row after the other.
    weights: []f32,
    /// One for each class.
    biases: []f32,

    /// The numbers are not set yet. The caller calls `deinit` with the same `gpa`.
    pub fn init(gpa: Allocator, inputs: usize, classes: usize) !SimpleModel {
        const weights = try gpa.alloc(f32, inputs * classes);
        errdefer gpa.free(weights);
        const biases = try gpa.alloc(f32, classes);
        return .{ .inputs = inputs, .classes = classes, .weights = weights, .biases = biases };
    }

    pub fn deinit(self: *SimpleModel, gpa: Allocator) void {
        gpa.free(self.biases);
        gpa.free(self.weights);
        self.* = undefined;
    }

    /// Returns the score of each class: its weights times the input, plus its bias.
    /// The scores are allocated with `arena` and freed with it; nothing else is allocated.
    /// error.WrongShape if there are not `inputs` numbers.
    pub fn predict(self: *const SimpleModel, arena: Allocator, input: []const f32) ![]f32 {
        if (input.len != self.inputs) return error.WrongShape;
        const scores = try arena.alloc(f32, self.classes);
        for (scores, self.biases, 0..) |*score, bias, class| {
            score.* = bias;
            const row = self.weights[class * self.inputs ..][0..self.inputs];
            for (row, input) |weight, value| score.* += weight * value;
        }
        return scores;
    }

    /// Writes into `winners` the class with the highest score for each of the inputs, the first one
    /// of equals. Both slices have the same length. Needs memory for one inference at a time, from
    /// `gpa`, and has given it back when it returns.
    pub fn classify(
        self: *const SimpleModel,
        gpa: Allocator,
        inputs: []const []const f32,
        winners: []usize,
    ) !void {
        var arena: std.heap.ArenaAllocator = .init(gpa);
        defer arena.deinit();
        for (inputs, winners) |input, *winner| {
            _ = arena.reset(.retain_capacity);
            const scores = try self.predict(arena.allocator(), input);
            winner.* = std.mem.findMax(f32, scores);
        }
    }

    /// Returns the bytes of a file with this model. The caller owns them and frees them with `gpa`.
    pub fn save(self: *const SimpleModel, gpa: Allocator) ![]u8 {
        const len = header_len + (self.weights.len + self.biases.len) * 4;
        const bytes = try gpa.alloc(u8, len);
        @memcpy(bytes[0..4], magic);
        std.mem.writeInt(u64, bytes[4..12], self.inputs, .little);
        std.mem.writeInt(u64, bytes[12..20], self.classes, .little);
        for (self.weights, 0..) |weight, i| putFloat(bytes, header_len + i * 4, weight);
        const biases_start = header_len + self.weights.len * 4;
        for (self.biases, 0..) |bias, i| putFloat(bytes, biases_start + i * 4, bias);
        return bytes;
    }

    /// Makes a model from the bytes of a file, which are not needed afterwards. The bytes may be
    /// anything: error.BadModel if they are not exactly one model, before anything is allocated.
    /// The caller owns the model and calls `deinit` with the same `gpa`.
    pub fn load(gpa: Allocator, bytes: []const u8) !SimpleModel {
        if (bytes.len < header_len) return error.BadModel;
        if (!std.mem.eql(u8, bytes[0..4], magic)) return error.BadModel;
        const inputs = std.math.cast(usize, std.mem.readInt(u64, bytes[4..12], .little)) orelse return error.BadModel;
        const classes = std.math.cast(usize, std.mem.readInt(u64, bytes[12..20], .little)) orelse return error.BadModel;

        const weights = std.math.mul(usize, inputs, classes) catch return error.BadModel;
        const floats = std.math.add(usize, weights, classes) catch return error.BadModel;
        const len = std.math.mul(usize, floats, 4) catch return error.BadModel;
        if (bytes.len - header_len != len) return error.BadModel;

        const self: SimpleModel = try .init(gpa, inputs, classes);
        for (self.weights, 0..) |*weight, i| weight.* = floatAt(bytes, header_len + i * 4);
        const biases_start = header_len + weights * 4;
        for (self.biases, 0..) |*bias, i| bias.* = floatAt(bytes, biases_start + i * 4);
        return self;
    }
};
