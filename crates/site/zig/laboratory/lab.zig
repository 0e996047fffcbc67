//! The allocator laboratory: one allocator of the standard library, made by `make`, and what is done to it, call by
//! call. Everything that it tells comes from the allocators' own answers and memory. `map.zig` reads where each byte
//! belongs, `report.zig` writes what a page shows. `page.zig` and `native.zig` are the programs around it.

const std = @import("std");
const Alignment = std.mem.Alignment;
const Child = @import("child.zig");
const map = @import("map.zig");
const report = @import("report.zig");

pub const Kind = enum(u32) { fixed, arena, safe, buffer_first };

/// The most blocks that can be asked for, so that each has a letter.
pub const most_blocks = 26;
pub const largest_buffer = 256;
/// The largest block: larger ones teach nothing, and would fill the page's memory.
pub const largest_block = 16384;

pub const Block = struct {
    start: usize,
    len: usize,
    alignment: Alignment,
    state: enum { live, freed, dangling } = .live,

    pub fn end(block: Block) usize {
        return block.start + block.len;
    }
};

/// Bytes that are not a block, and what they are.
pub const Range = struct {
    start: usize,
    end: usize,
    kind: enum { lost, bookkeeping },
};

/// What the last call answered.
pub const Answer = enum { made, block, out_of_memory, yes, no, came_back, nothing_back, leaks, refused, panic };

/// What has happened so far, for the goals of missions. Numbers of calls, blocks or bytes.
pub const Facts = struct {
    live: usize = 0,
    live_bytes: usize = 0,
    /// Bytes that the allocator cannot hand out any more, bookkeeping included.
    used: usize = 0,
    padding: usize = 0,
    lost: usize = 0,
    /// Bytes that belong to two blocks at once.
    shared: usize = 0,
    /// The most blocks that there were while no byte of the buffer was left.
    full_with: usize = 0,
    refused: usize = 0,
    /// Resizes that made a block larger, and those refused although the buffer had room for them.
    grown: usize = 0,
    blocked: usize = 0,
    /// Calls of `free` that gave bytes back, and those that did not.
    frees_back: usize = 0,
    frees_nothing: usize = 0,
    resets: usize = 0,
    /// Resets that kept the capacity.
    kept_resets: usize = 0,
    child_allocs: usize = 0,
    /// The most blocks of the child at a time, and those that are held now.
    most_held: usize = 0,
    held: usize = 0,
    held_bytes: usize = 0,
    /// Live blocks inside the buffer, and in the fallback.
    in_buffer: usize = 0,
    in_fallback: usize = 0,
    most_in_fallback: usize = 0,
    /// Double frees that nobody noticed, and those that ended the program.
    silent_double_frees: usize = 0,
    double_frees_caught: usize = 0,
    leaks: usize = 0,
};

pub var kind: Kind = .fixed;
pub var facts: Facts = .{};
pub var answer: Answer = .made;
/// Whether the allocator is gone, after `leaks` or a panic.
var ended = false;

var buffer_memory: [largest_buffer]u8 align(64) = undefined;
pub var buffer: []u8 = &buffer_memory;
pub var fixed: std.heap.FixedBufferAllocator = undefined;
pub var arena: std.heap.ArenaAllocator = undefined;
pub var safe: std.heap.SafeAllocator = undefined;
pub var buffer_first: std.heap.BufferFirstAllocator = undefined;
pub var child: Child = .{};
var interface: std.mem.Allocator = undefined;

var block_list: [most_blocks]Block = undefined;
var block_count: usize = 0;
var range_list: [4 * most_blocks]Range = undefined;
var range_count: usize = 0;

pub fn blocks() []Block {
    return block_list[0..block_count];
}

pub fn ranges() []Range {
    return range_list[0..range_count];
}

pub fn make(which: Kind, size: usize) void {
    kind = which;
    buffer = buffer_memory[0..std.math.clamp(size, 1, largest_buffer)];
    interface = switch (which) {
        .fixed => made: {
            fixed = .init(buffer);
            break :made fixed.allocator();
        },
        .arena => made: {
            arena = .init(child.allocator());
            break :made arena.allocator();
        },
        .safe => made: {
            // Small buckets and tables, which a page can show whole; everything else is as in any program.
            safe = .init(child.allocator(), .{ .bucket_size_log2 = 12, .block_size_log2 = 8 });
            break :made safe.allocator();
        },
        .buffer_first => made: {
            buffer_first = .init(buffer, child.allocator());
            break :made buffer_first.allocator();
        },
    };
    report.call("make", .{});
    report.say("{s}", .{switch (which) {
        .fixed => "a fixed buffer allocator",
        .arena => "an arena; its child is a page allocator that counts",
        .safe => "a safe allocator; its child is a page allocator that counts",
        .buffer_first => "a buffer-first allocator; its fallback is a page allocator that counts",
    }});
    finish(.made);
}

pub fn alloc(size: usize, alignment_bytes: usize) void {
    if (alignment_bytes == 1) {
        report.call("alloc({d})", .{size});
    } else {
        report.call("alloc({d}), alignment {d}", .{ size, alignment_bytes });
    }
    if (refuses()) return;
    if (size == 0 or size > largest_block) return refuse("A block of the laboratory has 1 to 16384 bytes.");
    if (!std.math.isPowerOfTwo(alignment_bytes) or alignment_bytes > 64) {
        return refuse("An alignment of the laboratory is 1, 2, 4, 8, 16, 32 or 64.");
    }
    if (block_count == most_blocks) return refuse("The laboratory has no more letters for blocks.");
    const alignment: Alignment = .fromByteUnits(alignment_bytes);
    const memory = interface.rawAlloc(size, alignment, @returnAddress()) orelse {
        facts.refused += 1;
        report.say("error.OutOfMemory; nothing has changed", .{});
        return finish(.out_of_memory);
    };
    const block: Block = .{ .start = @intFromPtr(memory), .len = size, .alignment = alignment };
    block_list[block_count] = block;
    block_count += 1;
    if (kind == .safe) noteFooter(block);
    report.say("block {c}: ", .{report.letter(block_count - 1)});
    map.place(block);
    finish(.block);
}

pub fn resize(index: usize, size: usize) void {
    if (refusesBlock(index)) return;
    const block = &blocks()[index];
    const name = report.letter(index);
    report.call("resize({c}, {d})", .{ name, size });
    if (size == 0 or size > largest_block) return refuse("A block of the laboratory has 1 to 16384 bytes.");
    const memory = slice(block.*);
    const room = map.roomAfterMark();
    if (!interface.rawResize(memory, block.alignment, size, @returnAddress())) {
        if (block.state == .live and size > block.len and size - block.len <= room) facts.blocked += 1;
        report.say("false; {c} keeps its {d} bytes", .{ name, block.len });
        return finish(.no);
    }
    if (size > block.len) facts.grown += 1;
    if (kind == .safe) {
        forgetRanges(block.end(), std.mem.alignForward(usize, block.end(), 8) + 1);
    } else if (size < block.len) {
        addRange(.{ .start = block.start + size, .end = block.end(), .kind = .lost });
    }
    block.len = size;
    if (kind == .safe) noteFooter(block.*);
    report.say("true; {c} has {d} bytes now", .{ name, size });
    finish(.yes);
}

pub fn free(index: usize) void {
    if (refusesBlock(index)) return;
    const block = &blocks()[index];
    report.call("free({c})", .{report.letter(index)});
    const before = map.taken();
    const again = block.state == .freed;
    interface.rawFree(slice(block.*), block.alignment, @returnAddress());
    if (again) facts.silent_double_frees += 1;
    if (!again) addRange(.{ .start = block.start, .end = block.end(), .kind = .lost });
    block.state = .freed;
    const after = map.taken();
    if (after >= before) {
        facts.frees_nothing += 1;
        report.say("nothing came back", .{});
        return finish(.nothing_back);
    }
    facts.frees_back += 1;
    report.say("{d} {s} came back", .{ before - after, report.plural(before - after, "byte") });
    finish(.came_back);
}

/// `mode` is 0 to keep the capacity of an arena, and 1 to give all of it back. A fixed buffer has one mode.
pub fn reset(mode: usize) void {
    const keeps = mode == 0;
    report.call("{s}", .{if (kind != .arena) "reset()" else if (keeps) "reset(.retain_capacity)" else "reset(.free_all)"});
    if (refuses()) return;
    const is_done = switch (kind) {
        .fixed => done: {
            fixed.reset();
            break :done true;
        },
        .arena => arena.reset(if (keeps) .retain_capacity else .free_all),
        .safe => return refuse("A safe allocator has no reset."),
        .buffer_first => return refuse("A buffer-first allocator has no reset."),
    };
    facts.resets += 1;
    if (kind == .arena and keeps) facts.kept_resets += 1;
    var dangling: usize = 0;
    for (blocks()) |*block| {
        if (block.state != .live) continue;
        block.state = .dangling;
        dangling += 1;
    }
    if (kind == .arena) report.say("{}; ", .{is_done});
    switch (dangling) {
        0 => report.say("no block dangles", .{}),
        1 => report.say("1 block dangles now", .{}),
        else => report.say("{d} blocks dangle now", .{dangling}),
    }
    finish(if (is_done) .yes else .no);
}

/// Ends the safe allocator, which counts the leaks and reports each.
pub fn leaks() void {
    report.call("deinit()", .{});
    if (refuses()) return;
    if (kind != .safe) return refuse("Only the safe allocator counts what was not freed.");
    facts.leaks = safe.deinit();
    ended = true;
    report.say("{d} {s}", .{ facts.leaks, report.plural(facts.leaks, "leak") });
    finish(.leaks);
}

/// The allocator has ended the program. Only its words are told: its memory may not be what it should be.
pub fn panicked(message: []const u8) void {
    ended = true;
    if (std.mem.startsWith(u8, message, "double free")) facts.double_frees_caught += 1;
    report.say("panic: ", .{});
    report.sayFirstLine(message);
    answer = .panic;
    report.write();
}

fn slice(block: Block) []u8 {
    return @as([*]u8, @ptrFromInt(block.start))[0..block.len];
}

fn refuses() bool {
    if (!ended) return false;
    refuse("The allocator is gone. Undo the last call, or start again.");
    return true;
}

fn refusesBlock(index: usize) bool {
    if (index < block_count) return refuses();
    report.call("?", .{});
    refuse("There is no such block.");
    return true;
}

fn refuse(why: []const u8) void {
    report.say("{s}", .{why});
    answer = .refused;
    report.write();
}

/// What the safe allocator wrote behind a block: from there to the mark, for the block is the last one of its bucket.
fn noteFooter(block: Block) void {
    const region = map.regionOf(block.start) orelse return;
    const start = std.mem.alignForward(usize, block.end(), 8);
    addRange(.{ .start = start, .end = region.start + region.mark, .kind = .bookkeeping });
}

fn addRange(range: Range) void {
    if (range.start >= range.end) return;
    for (ranges()) |*known| {
        // A block that becomes smaller again and again leaves one range.
        if (known.kind != range.kind or known.start != range.end) continue;
        known.start = range.start;
        return;
    }
    if (range_count == range_list.len) @panic("the laboratory can note no more");
    range_list[range_count] = range;
    range_count += 1;
}

/// Forgets the ranges that begin in these bytes.
fn forgetRanges(from: usize, to: usize) void {
    var kept: usize = 0;
    for (ranges()) |range| {
        if (range.start >= from and range.start < to) continue;
        range_list[kept] = range;
        kept += 1;
    }
    range_count = kept;
}

/// Cuts off what the allocator may hand out again: it is lost no longer.
fn cutRanges() void {
    var kept: usize = 0;
    for (ranges()) |range| {
        const region = map.regionOf(range.start) orelse continue;
        const end = @min(range.end, region.start + region.mark);
        if (range.start >= end) continue;
        range_list[kept] = .{ .start = range.start, .end = end, .kind = range.kind };
        kept += 1;
    }
    range_count = kept;
}

fn finish(how: Answer) void {
    answer = how;
    cutRanges();
    for (blocks()) |*block| {
        if (block.state == .live and map.regionOf(block.start) == null) block.state = .dangling;
    }
    map.tally(&facts);
    report.write();
}
