//@ run
//@ title: An arena for each worker
//@ wasm: WebAssembly builds have no threads
const std = @import("std");

const Worker = struct {
    arena: std.heap.ArenaAllocator,
    sum: usize = 0,

    fn run(self: *Worker, id: usize) void {
        for (0..100) |batch| {
            defer _ = self.arena.reset(.retain_capacity); // nobody else uses this arena
            const numbers = self.arena.allocator().alloc(usize, 1000) catch return;
            for (numbers, 0..) |*number, i| number.* = i * (id + 1) + batch;
            self.sum += numbers[999];
        }
    }
};

pub fn main(init: std.process.Init) !void {
    // init.gpa may be shared by threads, so all arenas have it as their child.
    var workers: [4]Worker = @splat(.{ .arena = .init(init.gpa) });
    defer for (&workers) |*worker| worker.arena.deinit();

    var threads: [4]std.Thread = undefined;
    for (&threads, &workers, 0..) |*thread, *worker, id| {
        thread.* = try std.Thread.spawn(.{}, Worker.run, .{ worker, id });
    }
    for (threads) |thread| thread.join();
    for (workers) |worker| std.debug.print("{d}\n", .{worker.sum});
}
