//! Where each byte belongs: the regions of memory that an allocator has, as it tells of them itself, and their segments.

const std = @import("std");
const lab = @import("lab.zig");
const report = @import("report.zig");

// The standard library does not name these types; their fields lead to them.
const Node = Pointee(@FieldType(std.heap.ArenaAllocator.State, "used_list"));
const Thread = @typeInfo(@FieldType(std.heap.SafeAllocator, "threads")).array.child;
const Bucket = Pointee(@FieldType(Thread, "fill_bucket"));

fn Pointee(comptime Optional: type) type {
    return std.meta.Child(std.meta.Child(Optional));
}

/// A piece of memory that the allocator hands out parts of.
pub const Region = struct {
    what: enum { buffer, arena_block, bucket, table, large, fallback },
    /// The how manieth block of the child it is, from 1.
    number: usize = 0,
    start: usize,
    len: usize,
    /// So many bytes at the start are the allocator's own.
    head: usize = 0,
    /// So many bytes from the start are taken: the next block begins there, or behind it.
    mark: usize,
    /// Whether what is behind the last block is closed until a reset: the arena went on in another block of its child.
    closed: bool = false,

    pub fn holds(region: Region, address: usize) bool {
        return address >= region.start and address < region.start + region.len;
    }
};

pub const Segment = struct {
    what: enum { block, padding, lost, bookkeeping, free },
    /// From the region's start.
    from: usize,
    to: usize,
    /// The blocks that own it, one bit each.
    owners: u32 = 0,
};

/// All regions of the allocator.
pub fn regions(out: *[1 + most]Region) []Region {
    var count: usize = 0;
    const fixed: ?*std.heap.FixedBufferAllocator = switch (lab.kind) {
        .fixed => &lab.fixed,
        .buffer_first => &lab.buffer_first.fixed_buffer_allocator,
        .arena, .safe => null,
    };
    if (fixed) |of| {
        const start = @intFromPtr(of.buffer.ptr);
        out[0] = .{ .what = .buffer, .start = start, .len = of.buffer.len, .mark = of.end_index };
        count = 1;
    }
    for (lab.child.held()) |given| {
        var region: Region = .{
            .what = .fallback,
            .number = given.number,
            .start = given.start,
            .len = given.len,
            .mark = given.len,
        };
        switch (lab.kind) {
            .arena => readNode(&region),
            .safe => readBucket(&region),
            .fixed, .buffer_first => {},
        }
        out[count] = region;
        count += 1;
    }
    return out[0..count];
}

const most = @import("child.zig").most;

/// What the arena has written at the start of a block of its child.
fn readNode(region: *Region) void {
    region.what = .arena_block;
    region.head = @sizeOf(Node);
    region.mark = region.head;
    var next = lab.arena.state.used_list;
    while (next) |node| : (next = node.next) {
        if (@intFromPtr(node) != region.start) continue;
        // Nothing is handed out of a block that another one was put before.
        region.closed = node != lab.arena.state.used_list.?;
        region.mark = if (region.closed) region.len else @min(region.len, region.head + node.end_index);
    }
}

/// What the safe allocator uses a block of its child for.
fn readBucket(region: *Region) void {
    region.what = .large;
    const thread = &lab.safe.threads[0];
    var next = thread.allocs_first;
    var in_use = thread.allocs_next;
    while (next) |table| : (next = table.next) {
        if (@intFromPtr(table) == region.start) {
            region.what = .table;
            region.head = region.len;
            return;
        }
        const entries = @as([*]align(@alignOf(usize)) Entry, @ptrCast(table))[1..][0..in_use];
        for (entries) |entry| {
            const address = @as(usize, entry.ptr_high) << 2;
            if (entry.kind != .bucket or address != region.start) continue;
            const bucket: *Bucket = @ptrFromInt(address);
            region.what = .bucket;
            region.head = @sizeOf(Bucket);
            region.mark = bucket.fill.at;
        }
        in_use = lab.safe.allocs_entry_count;
    }
}
const Entry = std.meta.Child(@FieldType(Bucket, "entry"));

/// The region that holds an address.
pub fn regionOf(address: usize) ?Region {
    var room: [1 + most]Region = undefined;
    for (regions(&room)) |region| {
        if (region.holds(address)) return region;
    }
    return null;
}

/// Bytes below the marks of all regions.
pub fn taken() usize {
    var room: [1 + most]Region = undefined;
    var sum: usize = 0;
    for (regions(&room)) |region| sum += region.mark;
    return sum;
}

/// Bytes behind the mark of the region that was filled last.
pub fn roomAfterMark() usize {
    var room: [1 + most]Region = undefined;
    const all = regions(&room);
    if (all.len == 0) return 0;
    const region = if (lab.kind == .buffer_first) all[0] else all[all.len - 1];
    return region.len - region.mark;
}

/// Says where a block lies.
pub fn place(block: lab.Block) void {
    const region = regionOf(block.start) orelse return;
    const from = block.start - region.start;
    report.sayBytes(from, from + block.len);
    report.say(" of ", .{});
    report.say("{s}", .{switch (region.what) {
        .buffer => "the buffer",
        .arena_block => "the child’s block ",
        .bucket => "the bucket in the child’s block ",
        .table => "the table in the child’s block ",
        .large => "the child’s block ",
        .fallback => "the fallback’s block ",
    }});
    if (region.number > 0) report.say("{d}", .{region.number});
}

/// The segments of a region, in order, neighbors of a kind joined.
pub const Segments = struct {
    region: Region,
    at: usize = 0,

    pub fn next(walk: *Segments) ?Segment {
        if (walk.at >= walk.region.len) return null;
        var segment = walk.piece(walk.at);
        while (segment.to < walk.region.len) {
            const behind = walk.piece(segment.to);
            if (behind.what != segment.what or behind.owners != segment.owners) break;
            segment.to = behind.to;
        }
        walk.at = segment.to;
        return segment;
    }

    /// What is at `from`, up to the next place where that may change.
    fn piece(walk: *const Segments, from: usize) Segment {
        const region = walk.region;
        const address = region.start + from;
        var end = region.start + region.len;
        for ([_]usize{ region.head, region.mark }) |edge| nearer(&end, address, region.start + edge);
        var is_last = region.closed;
        var owners: u32 = 0;
        for (lab.blocks(), 0..) |block, index| {
            if (block.state != .live) continue;
            nearer(&end, address, block.start);
            nearer(&end, address, block.end());
            if (region.holds(block.start) and block.end() > address) is_last = false;
            if (block.start <= address and address < block.end()) owners |= @as(u32, 1) << @intCast(index);
        }
        var noted: ?lab.Range = null;
        for (lab.ranges()) |range| {
            nearer(&end, address, range.start);
            nearer(&end, address, range.end);
            if (region.holds(range.start) and range.end > address) is_last = false;
            if (range.start <= address and address < range.end) noted = range;
        }
        const segment: Segment = .{ .what = .free, .from = from, .to = end - region.start, .owners = owners };
        return with(segment, if (owners != 0)
            .block
        else if (from < region.head)
            .bookkeeping
        else if (noted) |range|
            if (range.kind == .lost) .lost else .bookkeeping
        else if (is_last)
            .lost
        else if (from < region.mark)
            .padding
        else
            .free);
    }

    fn with(segment: Segment, what: @FieldType(Segment, "what")) Segment {
        var told = segment;
        told.what = what;
        return told;
    }

    fn nearer(end: *usize, address: usize, edge: usize) void {
        if (edge > address and edge < end.*) end.* = edge;
    }
};

/// Counts what is to be counted after a call.
pub fn tally(facts: *lab.Facts) void {
    facts.live = 0;
    facts.live_bytes = 0;
    facts.in_buffer = 0;
    facts.in_fallback = 0;
    for (lab.blocks()) |block| {
        if (block.state != .live) continue;
        facts.live += 1;
        facts.live_bytes += block.len;
        const region = regionOf(block.start) orelse continue;
        if (region.what == .buffer) facts.in_buffer += 1;
        if (region.what == .fallback) facts.in_fallback += 1;
    }
    facts.most_in_fallback = @max(facts.most_in_fallback, facts.in_fallback);
    facts.padding = 0;
    facts.lost = 0;
    facts.shared = 0;
    facts.used = taken();
    var room: [1 + most]Region = undefined;
    for (regions(&room)) |region| {
        var walk: Segments = .{ .region = region };
        while (walk.next()) |segment| {
            const bytes = segment.to - segment.from;
            switch (segment.what) {
                .padding => facts.padding += bytes,
                .lost => facts.lost += bytes,
                .block => if (@popCount(segment.owners) > 1) {
                    facts.shared += bytes;
                },
                .bookkeeping, .free => {},
            }
        }
        if (region.what == .buffer and region.mark == region.len) {
            facts.full_with = @max(facts.full_with, facts.in_buffer);
        }
    }
    facts.child_allocs = lab.child.allocations;
    facts.held = lab.child.count;
    facts.most_held = @max(facts.most_held, facts.held);
    facts.held_bytes = 0;
    for (lab.child.held()) |given| facts.held_bytes += given.len;
}
