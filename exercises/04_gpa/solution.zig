//! Exercise 4: a struct that owns memory.
//!
//! Whoever has a `Dataset` owns its three allocations and calls `deinit` exactly once, with the
//! allocator that was given to `init`.

const std = @import("std");
const Allocator = std.mem.Allocator;

/// Labeled samples with a name. Owns all three slices.
pub const Dataset = struct {
    name: []u8,
    samples: []f32,
    labels: []u8,

    /// Copies everything that it is given; the caller's slices are not needed afterwards.
    /// error.LengthMismatch if there is not one label for each sample.
    /// On an error nothing stays allocated. The caller calls `deinit` with the same `gpa`.
    pub fn init(
        gpa: Allocator,
        name: []const u8,
        samples: []const f32,
        labels: []const u8,
    ) !Dataset {
        // What can be refused without memory is refused first: then there is nothing to undo.
        if (samples.len != labels.len) return error.LengthMismatch;

        const own_name = try gpa.dupe(u8, name);
        errdefer gpa.free(own_name);
        const own_samples = try gpa.dupe(f32, samples);
        errdefer gpa.free(own_samples);
        const own_labels = try gpa.dupe(u8, labels);
        // Nothing can fail from here on, so this one needs no `errdefer`.
        return .{ .name = own_name, .samples = own_samples, .labels = own_labels };
    }

    /// Frees everything. The data set must not be used afterwards.
    pub fn deinit(self: *Dataset, gpa: Allocator) void {
        gpa.free(self.labels);
        gpa.free(self.samples);
        gpa.free(self.name);
        self.* = undefined; // a use after this one reads 0xaa in Debug, not the old pointers
    }

    /// Replaces the name by a copy of `name`, which may be a part of the old name.
    /// On an error the data set is as it was.
    pub fn rename(self: *Dataset, gpa: Allocator, name: []const u8) !void {
        // First get the new, then give up the old: the line that can fail comes before the line
        // that cannot be undone, and `name` is read while the old name is still there.
        const new_name = try gpa.dupe(u8, name);
        gpa.free(self.name);
        self.name = new_name;
    }

    /// Hands the samples over: the caller owns them and frees them with the allocator that was
    /// given to `init`. The data set keeps its name and its labels and has no samples.
    pub fn takeSamples(self: *Dataset) []f32 {
        const samples = self.samples;
        self.samples = &.{}; // one owner: `deinit` frees an empty slice, which does nothing
        return samples;
    }
};
