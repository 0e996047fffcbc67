const exercise = @import("exercise");
const std = @import("std");
const testing = std.testing;
const Allocator = std.mem.Allocator;
const FailingAllocator = testing.FailingAllocator;
const FixedBufferAllocator = std.heap.FixedBufferAllocator;
const SimpleModel = exercise.SimpleModel;

/// Prints where to look, then fails the test.
fn hint(comptime advice: []const u8) error{TestFailed} {
    std.debug.print("\nhint: " ++ advice ++ "\n", .{});
    return error.TestFailed;
}

/// Two classes, three inputs. The slices belong to nobody: this model must not be freed.
const sample: SimpleModel = .{
    .inputs = 3,
    .classes = 2,
    .weights = &sample_weights,
    .biases = &sample_biases,
};
var sample_weights = [_]f32{ 1, 2, 3, -1, 0, 0.5 };
var sample_biases = [_]f32{ 10, 20 };

/// The file of `sample`, byte by byte. The first byte is not a part of it, so that the file
/// begins at an odd address.
const padded_file align(4) = ("." ++ "SMP1" ++ "\x03\x00\x00\x00\x00\x00\x00\x00" ++ "\x02\x00\x00\x00\x00\x00\x00\x00" ++
    "\x00\x00\x80\x3f" ++ "\x00\x00\x00\x40" ++ "\x00\x00\x40\x40" ++
    "\x00\x00\x80\xbf" ++ "\x00\x00\x00\x00" ++ "\x00\x00\x00\x3f" ++
    "\x00\x00\x20\x41" ++ "\x00\x00\xa0\x41").*;
const file_len = padded_file.len - 1;

/// A copy of the file at an aligned address, with `extra` more bytes behind it.
fn fileCopy(comptime extra: usize) [file_len + extra]u8 {
    var copy: [file_len + extra]u8 = @splat(0);
    @memcpy(copy[0..file_len], padded_file[1..]);
    return copy;
}

var big_buffer: [16 * 1024]u8 align(16) = undefined;

test "A score is the row of its class times the input plus its bias" {
    var fba: FixedBufferAllocator = .init(&big_buffer);
    const scores = try sample.predict(fba.allocator(), &.{ 1, 10, 100 });
    testing.expectEqualSlices(f32, &.{ 331, 69 }, scores) catch
        return hint("a row holds the weights of one class: how long is it, and where does it start?");
}

test "An inference allocates its scores and nothing else" {
    var fba: FixedBufferAllocator = .init(&big_buffer);
    var counting: FailingAllocator = .init(fba.allocator(), .{});
    const scores = try sample.predict(counting.allocator(), &.{ 1, 10, 100 });
    if (counting.allocated_bytes == 0) return hint("where are the scores? Not in the arena");
    if (counting.allocated_bytes != scores.len * @sizeOf(f32))
        return hint("the weights and the input are there already: what was allocated besides?");
}

test "An input of the wrong length is error.WrongShape" {
    var fba: FixedBufferAllocator = .init(&big_buffer);
    try testing.expectError(error.WrongShape, sample.predict(fba.allocator(), &.{ 1, 2 }));
    try testing.expectError(error.WrongShape, sample.predict(fba.allocator(), &.{ 1, 2, 3, 4 }));
}

test "Classify finds the class of each input, the first of equals" {
    var winners: [3]usize = @splat(99);
    const inputs = [_][]const f32{ &.{ 1, 10, 100 }, &.{ -5, 0, 0 }, &.{ 0, 0, 4 } };
    try sample.classify(testing.allocator, &inputs, &winners);
    testing.expectEqualSlices(usize, &.{ 0, 1, 0 }, &winners) catch
        return hint("which class wins if two scores are equal?");
}

/// How many bytes are allocated, freed ones included, for `count` inferences of a wide model.
fn inferenceBytes(count: usize) !usize {
    var weights: [2000]f32 = @splat(0.5);
    var biases: [1000]f32 = @splat(0);
    const model: SimpleModel = .{ .inputs = 2, .classes = 1000, .weights = &weights, .biases = &biases };
    var inputs: [100][]const f32 = @splat(&.{ 1, 2 });
    var winners: [100]usize = undefined;
    var arena: std.heap.ArenaAllocator = .init(testing.allocator); // keeps what is forgotten
    defer arena.deinit();
    var counting: FailingAllocator = .init(arena.allocator(), .{});
    try model.classify(counting.allocator(), inputs[0..count], winners[0..count]);
    return counting.allocated_bytes;
}

test "A hundred inferences use the memory of a few" {
    const one = try inferenceBytes(1);
    const hundred = try inferenceBytes(100);
    if (hundred > 5 * one) {
        std.debug.print("\none: {d} bytes, a hundred: {d} bytes", .{ one, hundred });
        return hint("what happens to the arena between two inferences?");
    }
}

test "Classify gives its memory back, also if an input is refused" {
    var fba: FixedBufferAllocator = .init(&big_buffer);
    var counting: FailingAllocator = .init(fba.allocator(), .{});
    var winners: [3]usize = undefined;
    const good = [_][]const f32{ &.{ 1, 2, 3 }, &.{ 1, 2, 3 }, &.{ 1, 2, 3 } };
    try sample.classify(counting.allocator(), &good, &winners);
    if (counting.allocated_bytes != counting.freed_bytes)
        return hint("memory of the inferences is still allocated after the return");
    const bad = [_][]const f32{ &.{ 1, 2, 3 }, &.{ 1, 2 }, &.{ 1, 2, 3 } };
    try testing.expectError(error.WrongShape, sample.classify(counting.allocator(), &bad, &winners));
    if (counting.allocated_bytes != counting.freed_bytes)
        return hint("an input was refused: who gives the memory back on that way out?");
}

test "The saved bytes are the four parts of the format" {
    var fba: FixedBufferAllocator = .init(&big_buffer);
    const bytes = try sample.save(fba.allocator());
    testing.expectEqualSlices(u8, padded_file[1..], bytes) catch
        return hint("compare the parts: 4 bytes, two times 8 bytes, six weights, two biases");
}

test "A loaded model has the numbers of the file, and does not need it any more" {
    var fba: FixedBufferAllocator = .init(&big_buffer);
    var file align(4) = fileCopy(0);
    const model = SimpleModel.load(fba.allocator(), &file) catch return hint("this is a good file");
    try testing.expectEqual(3, model.inputs);
    try testing.expectEqual(2, model.classes);
    try testing.expectEqualSlices(f32, &sample_weights, model.weights);
    try testing.expectEqualSlices(f32, &sample_biases, model.biases);
    @memset(&file, 0xff); // the file is gone
    testing.expectEqualSlices(f32, &sample_weights, model.weights) catch
        return hint("the file changed, and the model with it: whose memory are the weights?");
    testing.expectEqualSlices(f32, &sample_biases, model.biases) catch
        return hint("the file changed, and the model with it: whose memory are the biases?");
}

/// Loads bad bytes. They must be refused, and cost nothing.
fn expectRefused(bytes: []const u8) !void {
    var fba: FixedBufferAllocator = .init(&big_buffer);
    var counting: FailingAllocator = .init(fba.allocator(), .{});
    const result: anyerror!SimpleModel = SimpleModel.load(counting.allocator(), bytes);
    const asked = if (result) |_| false else |err| err == error.OutOfMemory;
    if (asked or counting.allocations > 0)
        return hint("memory was asked for before the bytes were known to be good");
    try testing.expectError(error.BadModel, result);
}

test "Bytes after the end are refused" {
    const file align(4) = fileCopy(4);
    expectRefused(file[0 .. file_len + 1]) catch return hint("one byte too many");
    expectRefused(file[0 .. file_len + 4]) catch return hint("one float too many");
}

test "A file of another kind is refused" {
    var file align(4) = fileCopy(0);
    file[3] = '2';
    expectRefused(&file) catch return hint("the first four bytes say what the file is");
}

test "A model without inputs or without classes is refused" {
    var no_inputs align(4) = fileCopy(0);
    no_inputs[4] = 0;
    expectRefused(no_inputs[0 .. 20 + 2 * 4]) catch return hint("two biases, no weights");
    var no_classes align(4) = fileCopy(0);
    no_classes[12] = 0;
    expectRefused(no_classes[0..20]) catch return hint("nothing could ever win");
}

fn saveAndLoad(gpa: Allocator) anyerror!void {
    const bytes = try sample.save(gpa);
    defer gpa.free(bytes);
    var model: SimpleModel = try .load(gpa, bytes);
    defer model.deinit(gpa);
    try testing.expectEqualSlices(f32, &sample_weights, model.weights);
}

test "Whichever allocation fails, saving and loading leak nothing" {
    try saveAndLoad(testing.allocator);
    try testing.checkAllAllocationFailures(testing.allocator, saveAndLoad, .{});
}

// The last ones, because they stop the whole run if they fail in the usual way.

test "A file at an odd address can be loaded" {
    var fba: FixedBufferAllocator = .init(&big_buffer);
    const model = SimpleModel.load(fba.allocator(), padded_file[1..]) catch return hint("this is a good file");
    try testing.expectEqualSlices(f32, &sample_weights, model.weights);
}

test "A file that ends too early is refused" {
    const file align(4) = fileCopy(0);
    for (0..file_len) |len| expectRefused(file[0..len]) catch
        return hint("how many bytes are really there?");
}

/// The good file, with a header that claims other counts.
fn claiming(inputs: u64, classes: u64) [file_len]u8 {
    var file = fileCopy(0);
    std.mem.writeInt(u64, file[4..12], inputs, .little);
    std.mem.writeInt(u64, file[12..20], classes, .little);
    return file;
}

test "A header that claims more than the file holds is refused without asking for memory" {
    const advice = "the header is a claim: compare it with the bytes first";
    expectRefused(&claiming(1 << 28, 1)) catch return hint(advice); // a gigabyte
    expectRefused(&claiming(1 << 40, 1 << 20)) catch return hint(advice);
}

test "Counts whose product is too large for any number are refused" {
    const advice = "how large can the product of two numbers get?";
    expectRefused(&claiming(1 << 32, 1 << 32)) catch return hint(advice);
    expectRefused(&claiming(std.math.maxInt(u64), std.math.maxInt(u64))) catch return hint(advice);
}

test "Counts that fit, but not their length in bytes, are refused" {
    expectRefused(&claiming(1 << 62, 1)) catch return hint("how many bytes would so many floats take?");
}
