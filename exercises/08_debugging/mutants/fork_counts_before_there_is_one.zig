//@ killed-by: In a whole life nothing leaks and nothing is freed twice
// Counts the fork while the pointer is still good, and before the line that may fail: then the
// parent counts a fork that does not exist.

//! Exercise 8: a tracker of training runs.

const std = @import("std");
const Allocator = std.mem.Allocator;

/// One training run. Owns its name and its losses.
pub const Run = struct {
    name: []u8,
    /// The lowest loss so far.
    best: f32,
    /// How many runs were started from this one.
    forks: usize,
    losses: std.ArrayList(f32),

    fn deinit(self: *Run, gpa: Allocator) void {
        self.losses.deinit(gpa);
        gpa.free(self.name);
        self.* = undefined;
    }
};

/// The runs of an experiment. Owns all of them. Every call gets the same allocator.
pub const Tracker = struct {
    runs: std.ArrayList(Run),

    pub const empty: Tracker = .{ .runs = .empty };

    /// Frees everything. The tracker must not be used afterwards.
    pub fn deinit(self: *Tracker, gpa: Allocator) void {
        for (self.runs.items) |*run| run.deinit(gpa);
        self.runs.deinit(gpa);
        self.* = undefined;
    }

    /// Returns the run with this name, or null. The pointer is valid until a run is started, forked
    /// or removed.
    pub fn find(self: *Tracker, name: []const u8) ?*Run {
        for (self.runs.items) |*run| {
            if (std.mem.eql(u8, run.name, name)) return run;
        }
        return null;
    }

    /// Starts a run with a copy of `name`. On an error nothing has changed and nothing leaks.
    pub fn start(self: *Tracker, gpa: Allocator, name: []const u8) !void {
        const own_name = try gpa.dupe(u8, name);
        errdefer gpa.free(own_name);
        try self.runs.append(gpa, .{
            .name = own_name,
            .best = std.math.inf(f32),
            .forks = 0,
            .losses = .empty,
        });
    }

    /// Adds a loss to a run. error.UnknownRun if there is none with this name.
    pub fn record(self: *Tracker, gpa: Allocator, name: []const u8, loss: f32) !void {
        const run = self.find(name) orelse return error.UnknownRun;
        try run.losses.append(gpa, loss);
        run.best = @min(run.best, loss);
    }

    /// Starts a run that goes on from another one: its best loss is that of its parent, which counts one
    /// fork more. On an error nothing has changed.
    pub fn fork(self: *Tracker, gpa: Allocator, parent: []const u8, name: []const u8) !void {
        const from = self.find(parent) orelse return error.UnknownRun;
        const best = from.best;
        from.forks += 1;
        try self.start(gpa, name);
        self.runs.items[self.runs.items.len - 1].best = best;
    }

    /// Removes a run and frees it. Returns whether there was one with this name.
    pub fn remove(self: *Tracker, gpa: Allocator, name: []const u8) bool {
        for (self.runs.items, 0..) |*run, i| {
            if (!std.mem.eql(u8, run.name, name)) continue;
            run.deinit(gpa);
            _ = self.runs.swapRemove(i);
            return true;
        }
        return false;
    }

    /// Returns a copy of each name. They stay valid when runs are removed and when the tracker goes.
    /// The caller owns the names and the slice, and frees each of them with `gpa`.
    pub fn names(self: *const Tracker, gpa: Allocator) ![][]u8 {
        const result = try gpa.alloc([]u8, self.runs.items.len);
        var copied: usize = 0;
        errdefer {
            for (result[0..copied]) |name| gpa.free(name);
            gpa.free(result);
        }
        for (self.runs.items, result) |run, *name| {
            name.* = try gpa.dupe(u8, run.name);
            copied += 1;
        }
        return result;
    }
};
