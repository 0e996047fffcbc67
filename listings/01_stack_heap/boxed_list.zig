//@ run
//@ title: Python's list, built by hand
//@ trace
const std = @import("std");

/// What CPython keeps for each number, without the pointer to its type.
const Object = struct { references: u32, value: u32 };

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;
    const seven = try gpa.create(Object); // a block of its own for each number
    defer gpa.destroy(seven);
    const nine = try gpa.create(Object);
    defer gpa.destroy(nine);
    seven.* = .{ .references = 2, .value = 7 };
    nine.* = .{ .references = 1, .value = 9 };

    const list = try gpa.alloc(*Object, 3); // scores = [7, 9, 7]
    defer gpa.free(list);
    list[0] = seven;
    list[1] = nine;
    list[2] = seven;

    const flat = try gpa.alloc(u32, 3); // np.array([7, 9, 7])
    defer gpa.free(flat);
    for (flat, list) |*number, object| number.* = object.value;
    std.debug.print("list {d} {d} {d}\n", .{ list[0].value, list[1].value, list[2].value });
    std.debug.print("flat {d} {d} {d}\n", .{ flat[0], flat[1], flat[2] });
}
