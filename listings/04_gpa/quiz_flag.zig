//@ run
//@ title: A flag in a freed block
const std = @import("std");

const Job = struct { id: u32, done: u32 };

pub fn main(init: std.process.Init) !void {
    const job = try init.gpa.create(Job);
    job.* = .{ .id = 1, .done = 0 };
    const done = &job.done;
    init.gpa.destroy(job);
    std.debug.print("done {x}\n", .{done.*});
}
