//@ run
//@ title: Two views of the same three numbers
const std = @import("std");

fn show(scores: *[5]i32, end: usize) void {
    const known = scores[1..4];
    const slice = scores[1..end];
    std.debug.print("known: {s}, slice: {s}\n", .{
        @typeName(@TypeOf(known)), @typeName(@TypeOf(slice)),
    });
    std.debug.print("known is one word: {}\n", .{@sizeOf(@TypeOf(known)) == @sizeOf(usize)});
    std.debug.print("slice is two words: {}\n", .{@sizeOf(@TypeOf(slice)) == 2 * @sizeOf(usize)});
    std.debug.print("same memory: {}\n", .{&known[0] == &slice[0]});
}

pub fn main() void {
    var scores = [_]i32{ 10, 20, 30, 40, 50 };
    show(&scores, 4);
}
