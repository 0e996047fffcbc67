//@ run
//@ title: A new model while the workers answer
//@ wasm: WebAssembly builds have no threads

const std = @import("std");
const Atomic = std.atomic.Value;

const Model = struct {
    version: u32,
    weights: []u32, // all of them are the version, so that a worker can check them

    fn load(gpa: std.mem.Allocator, version: u32) !*Model {
        const model = try gpa.create(Model);
        errdefer gpa.destroy(model);
        model.* = .{ .version = version, .weights = try gpa.alloc(u32, 1000) };
        @memset(model.weights, version);
        return model;
    }

    fn unload(model: *Model, gpa: std.mem.Allocator) void {
        gpa.free(model.weights);
        gpa.destroy(model);
    }
};

const Server = struct {
    current: Atomic(*Model),
    using: [4]Atomic(?*Model) = @splat(.init(null)), // one place for each worker
    answered: [4]Atomic(u32) = @splat(.init(0)), // the version that it used last
    wrong: Atomic(u32) = .init(0),
    closed: Atomic(bool) = .init(false),

    // ANCHOR: swap
    /// The model for one request of this worker. It lives until `leave`.
    fn enter(server: *Server, worker: usize) *const Model {
        while (true) {
            const model = server.current.load(.seq_cst);
            server.using[worker].store(model, .seq_cst);
            // Was it replaced before the worker had said that it uses it? Then take the new one.
            if (server.current.load(.seq_cst) == model) return model;
        }
    }

    fn leave(server: *Server, worker: usize) void {
        server.using[worker].store(null, .seq_cst);
    }

    /// Lets new requests use `next`. Returns the old model when the last worker has left it: the caller unloads it.
    fn replace(server: *Server, next: *Model) *Model {
        const old = server.current.swap(next, .seq_cst);
        for (&server.using) |*place| {
            while (place.load(.seq_cst) == old) std.Thread.yield() catch {};
        }
        return old;
    }
    // ANCHOR_END: swap

    fn work(server: *Server, worker: usize) void {
        while (!server.closed.load(.seq_cst)) {
            const model = server.enter(worker);
            defer server.leave(worker);
            for (model.weights) |weight| {
                if (weight != model.version) _ = server.wrong.fetchAdd(1, .seq_cst);
            }
            server.answered[worker].store(model.version, .seq_cst);
        }
    }

    /// Waits until each worker has answered a request with this version.
    fn allAnswered(server: *Server, version: u32) void {
        for (&server.answered) |*last| {
            while (last.load(.seq_cst) != version) std.Thread.yield() catch {};
        }
    }
};

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;
    var server: Server = .{ .current = .init(try .load(gpa, 1)) };
    var threads: [4]std.Thread = undefined;
    for (&threads, 0..) |*thread, worker| thread.* = try .spawn(.{}, Server.work, .{ &server, worker });

    for (1..4) |version| {
        server.allAnswered(@intCast(version));
        const next: *Model = try .load(gpa, @intCast(version + 1)); // both are in memory now
        const old = server.replace(next);
        std.debug.print("model {d} is unloaded\n", .{old.version});
        old.unload(gpa);
    }
    server.allAnswered(4);
    server.closed.store(true, .seq_cst);
    for (threads) |thread| thread.join();
    server.current.raw.unload(gpa);
    std.debug.print("wrong weights: {d}\n", .{server.wrong.raw});
}
