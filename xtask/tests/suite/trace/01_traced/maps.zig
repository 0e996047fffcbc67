//! Maps of every kind, a list of columns and packed structs.
const std = @import("std");

const Flags = packed struct { low: bool, middle: u3, high: u4 };
const Mode = enum(u2) { read, write, both };
const Header = packed struct(u32) { version: u4, mode: Mode, flags: Flags, signed: i6, rest: u12 };
const Tied = struct { first: u16, wide: f64, second: i16, name: []const u8 };

pub fn main(init: std.process.Init) !void {
    const gpa = init.gpa;
    try strings(gpa);
    try numbers(gpa);
    try ordered(gpa);
    try columns(gpa);
    packedFields();
}

fn strings(gpa: std.mem.Allocator) !void {
    var ages: std.StringHashMap(u32) = .init(gpa);
    defer ages.deinit();
    std.debug.print("empty\n", .{});
    const owned = try gpa.dupe(u8, "eve");
    try ages.put("ada", 36);
    try ages.put(owned, 7);
    const age = ages.getPtr("ada").?;
    age.* += 1;
    std.debug.print("two\n", .{});
    _ = ages.remove("ada");
    std.debug.print("removed\n", .{});
    gpa.free(owned);
    std.debug.print("dangling\n", .{});
}

fn numbers(gpa: std.mem.Allocator) !void {
    var squares: std.AutoHashMapUnmanaged(u8, u64) = .empty;
    defer squares.deinit(gpa);
    for (0..7) |i| try squares.put(gpa, @intCast(i), i * i);
    var seen: std.AutoHashMapUnmanaged(u8, void) = .empty;
    defer seen.deinit(gpa);
    try seen.put(gpa, 3, {});
    std.debug.print("grown\n", .{});
}

fn ordered(gpa: std.mem.Allocator) !void {
    var order: std.array_hash_map.String(i16) = .empty;
    defer order.deinit(gpa);
    try order.put(gpa, "zebra", -1);
    try order.put(gpa, "apple", 2);
    var many: std.array_hash_map.Auto(u32, u8) = .empty;
    defer many.deinit(gpa);
    for (0..130) |i| try many.put(gpa, @intCast(i * 10), @intCast(i));
    std.debug.print("ordered\n", .{});
}

fn columns(gpa: std.mem.Allocator) !void {
    var list: std.MultiArrayList(Tied) = .empty;
    defer list.deinit(gpa);
    std.debug.print("no columns\n", .{});
    try list.append(gpa, .{ .first = 1, .wide = 1.5, .second = -1, .name = "one" });
    try list.append(gpa, .{ .first = 2, .wide = 2.5, .second = -2, .name = "two" });
    std.debug.print("columns\n", .{});
}

fn packedFields() void {
    var flags: Flags = .{ .low = true, .middle = 3, .high = 9 };
    var header: Header = .{ .version = 5, .mode = .write, .flags = flags, .signed = -3, .rest = 100 };
    _ = .{ &flags, &header };
    std.debug.print("packed {} {}\n", .{ header.version, header.flags.low });
}
