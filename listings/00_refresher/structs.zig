//@ run
//@ same-output
//@ title: A struct, a method, and a copy
const std = @import("std");

const Point = struct {
    x: i32,
    y: i32 = 0, // a default

    fn sum(self: Point) i32 {
        return self.x + self.y;
    }
};

pub fn main() void {
    const a: Point = .{ .x = 1 };
    var b = a; // copies both numbers
    b.y = 10;
    std.debug.print("{d} {d}\n", .{ a.sum(), b.sum() });
}
