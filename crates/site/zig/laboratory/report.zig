//! What a page shows after a call, as JSON: the call, the answer, what the child was asked, the blocks, the facts, and
//! the map as HTML, which is in words already.

const std = @import("std");
const lab = @import("lab.zig");
const map = @import("map.zig");

/// The last report.
var bytes: [64 << 10]u8 = undefined;
var length: usize = 0;

var call_text: [64]u8 = undefined;
var call_length: usize = 0;
var answer_text: [512]u8 = undefined;
var answer_length: usize = 0;
var log_text: [4096]u8 = undefined;
var log_length: usize = 0;

pub fn last() []const u8 {
    return bytes[0..length];
}

pub fn letter(index: usize) u8 {
    return 'a' + @as(u8, @intCast(index));
}

pub fn plural(count: usize, comptime noun: []const u8) []const u8 {
    return if (count == 1) noun else noun ++ "s";
}

/// Begins the next report: this is what is called.
pub fn call(comptime form: []const u8, args: anytype) void {
    call_length = printed(&call_text, form, args);
    answer_length = 0;
    log_length = 0;
    lab.child.call_count = 0;
}

/// Adds to the answer.
pub fn say(comptime form: []const u8, args: anytype) void {
    answer_length += printed(answer_text[answer_length..], form, args);
}

/// How many bytes a text takes in `room`, where it is cut off.
fn printed(room: []u8, comptime form: []const u8, args: anytype) usize {
    return (std.mem.print(room, form, args) catch room).len;
}

pub fn sayBytes(from: usize, to: usize) void {
    if (to - from == 1) return say("byte {d}", .{from});
    say("bytes {d} to {d}", .{ from, to - 1 });
}

/// Adds the first line of a message of the standard library, without addresses, which say nothing and differ.
pub fn sayFirstLine(message: []const u8) void {
    var out: std.Io.Writer = .fixed(answer_text[answer_length..]);
    firstLine(&out, message) catch {};
    answer_length += out.end;
}

/// Adds to what the standard library logged during this call.
pub fn log(message: []const u8) void {
    var out: std.Io.Writer = .fixed(log_text[log_length..]);
    const before: []const u8 = if (log_length == 0) "" else ",";
    (wrote: {
        out.print("{s}\"", .{before}) catch |err| break :wrote err;
        firstLine(&out, message) catch |err| break :wrote err;
        break :wrote out.writeAll("\"");
    }) catch return;
    log_length += out.end;
}

fn firstLine(out: *std.Io.Writer, message: []const u8) !void {
    var rest = std.mem.sliceTo(message, '\n');
    const mark = "addr: ";
    while (std.mem.find(u8, rest, mark)) |at| {
        try plain(out, rest[0 .. at + mark.len]);
        try out.writeAll("…");
        rest = std.mem.trimStart(u8, rest[at + mark.len ..], "0123456789abcdef");
    }
    try plain(out, std.mem.trimEnd(u8, rest, ": "));
}

/// Text inside a string of JSON.
fn plain(out: *std.Io.Writer, text: []const u8) !void {
    for (text) |byte| switch (byte) {
        '"', '\\' => try out.print("\\{c}", .{byte}),
        0...31 => try out.writeByte(' '),
        else => try out.writeByte(byte),
    };
}

/// Writes the report of this call.
pub fn write() void {
    var out: std.Io.Writer = .fixed(&bytes);
    json(&out) catch @panic("a report of the laboratory is too long");
    length = out.end;
}

fn json(out: *std.Io.Writer) !void {
    try out.print("{{\"call\":\"{s}\",\"kind\":\"{t}\",\"answer\":\"{s}\",\"log\":[{s}],\"child\":[", .{
        call_text[0..call_length], lab.answer, answer_text[0..answer_length], log_text[0..log_length],
    });
    for (lab.child.asked(), 0..) |asked, at| {
        if (at > 0) try out.writeByte(',');
        switch (asked) {
            .alloc => |it| try out.print("\"alloc({d}): {s}\"", .{ it.len, if (it.given) "a block" else "null" }),
            .resize => |it| try out.print("\"resize({d} to {d}): false\"", .{ it.from, it.to }),
            .free => |it| try out.print("\"free({d})\"", .{it.len}),
        }
    }
    try out.writeAll("],\"blocks\":[");
    for (lab.blocks(), 0..) |block, index| {
        if (index > 0) try out.writeByte(',');
        try out.print("{{\"name\":\"{c}\",\"size\":{d},\"state\":\"{t}\"}}", .{ letter(index), block.len, block.state });
    }
    try out.writeAll("],\"facts\":{");
    inline for (comptime std.meta.fieldNames(lab.Facts), 0..) |name, at| {
        if (at > 0) try out.writeByte(',');
        try out.print("\"{s}\":{d}", .{ name, @field(lab.facts, name) });
    }
    try out.writeAll("},\"map\":\"");
    var room: [65]map.Region = undefined;
    const regions = map.regions(&room);
    if (regions.len == 0) try out.writeAll("<p>The allocator has no memory now: it asks its child when it needs some.</p>");
    for (regions) |region| try html(out, region);
    try out.writeAll("\"}");
}

/// A region as a list of its segments. The quotes are single, for it stands inside a string of JSON.
fn html(out: *std.Io.Writer, region: map.Region) !void {
    try out.writeAll("<div class='alloc-region'><p class='alloc-name'><b>");
    switch (region.what) {
        .buffer => try out.writeAll("The buffer"),
        .arena_block => try out.print("The child’s block {d}", .{region.number}),
        .bucket => try out.print("A bucket, in the child’s block {d}", .{region.number}),
        .table => try out.print("The table of buckets, in the child’s block {d}", .{region.number}),
        .large => try out.print("A large block, in the child’s block {d}", .{region.number}),
        .fallback => try out.print("The fallback’s block {d}", .{region.number}),
    }
    try out.print("</b> <span>{d} {s}</span></p><ol class='alloc-map'>", .{ region.len, plural(region.len, "byte") });
    var walk: map.Segments = .{ .region = region };
    while (walk.next()) |segment| {
        const count = segment.to - segment.from;
        const shared = @popCount(segment.owners) > 1;
        const loose = segment.what == .block and segment.from >= region.mark;
        try out.print("<li class='alloc-{s}' style='--share:{d}'><span>{d}", .{
            if (shared or loose) "danger" else @tagName(segment.what), 1000 * count / region.len, segment.from,
        });
        if (count > 1) try out.print("–{d}", .{segment.to - 1});
        try out.writeAll("</span> <b>");
        switch (segment.what) {
            .block => try owners(out, segment.owners),
            .padding => try out.writeAll("padding"),
            .lost => try out.writeAll("lost"),
            .bookkeeping => try out.writeAll("bookkeeping"),
            .free => try out.writeAll("free"),
        }
        try out.print("</b> {d} {s}", .{ count, plural(count, "byte") });
        if (shared) try out.writeAll(", owned by two");
        if (loose) try out.writeAll(", behind the mark: the next block can lie here, too");
        try out.writeAll("</li>");
    }
    try out.writeAll("</ol></div>");
}

fn owners(out: *std.Io.Writer, bits: u32) !void {
    var first = true;
    for (0..lab.most_blocks) |index| {
        if (bits >> @intCast(index) & 1 == 0) continue;
        if (!first) try out.writeAll(" and ");
        try out.writeByte(letter(index));
        first = false;
    }
}
