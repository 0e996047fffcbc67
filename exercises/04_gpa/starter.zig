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
        // TODO: check, then copy three slices. Each copy can fail.
        _ = .{ gpa, name, samples, labels }; // remove this line
        return error.Todo;
    }

    /// Frees everything. The data set must not be used afterwards.
    pub fn deinit(self: *Dataset, gpa: Allocator) void {
        // TODO: give back all that `init` took. Then make the struct unusable.
        _ = .{ self, gpa }; // remove this line
    }

    /// Replaces the name by a copy of `name`, which may be a part of the old name.
    /// On an error the data set is as it was.
    pub fn rename(self: *Dataset, gpa: Allocator, name: []const u8) !void {
        // TODO: in which order?
        _ = .{ self, gpa, name }; // remove this line
        return error.Todo;
    }

    /// Hands the samples over: the caller owns them and frees them with the allocator that was
    /// given to `init`. The data set keeps its name and its labels and has no samples.
    pub fn takeSamples(self: *Dataset) []f32 {
        // TODO: after this, who frees the samples? There must be one owner.
        _ = self; // remove this line
        return &.{};
    }
};
