//@ run
//@ title: Methods of a counter
//@ same-output
const std = @import("std");

const Counter = struct {
    hits: u32 = 0,

    fn record(self: *Counter) void {
        self.hits += 1; // short for self.*.hits
    }

    fn isBusy(self: Counter) bool {
        return self.hits > 1;
    }
};

pub fn main() void {
    var counter: Counter = .{};
    counter.record(); // short for Counter.record(&counter)
    Counter.record(&counter);
    std.debug.print("hits {d}, busy {d}\n", .{ counter.hits, @intFromBool(counter.isBusy()) });
}
