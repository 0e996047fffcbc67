//@ panic: index out of bounds: index 3, len 3
//@ title: The last item of a view
const std = @import("std");

fn last(view: []const i32) i32 {
    return view[view.len];
}

pub fn main() void {
    const scores = [_]i32{ 10, 20, 30, 40, 50 };
    std.debug.print("{d}\n", .{last(scores[1..4])});
}
