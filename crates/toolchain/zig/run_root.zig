//! Runs one listing out of a program that holds many, natively or in a page. The environment variable LISTING names
//! it. The tool writes a `const listings` table under this text.

const std = @import("std");
const builtin = @import("builtin");

/// On WebAssembly `init.gpa` is not the safe allocator, as it is natively; here it is, so that leaks, double frees
/// and writes after a free are reported. What the report of leaks says does not change the exit status.
const brings_allocators = builtin.cpu.arch.isWasm();

var safe: std.heap.SafeAllocator = .init(std.heap.page_allocator, .{ .check_write_after_free = true });
var arena: std.heap.ArenaAllocator = .init(std.heap.page_allocator);

pub fn main(init: std.process.Init) !u8 {
    const wanted = init.environ_map.get("LISTING") orelse "";
    @setEvalBranchQuota(1000 + 2 * listings.len);
    inline for (listings) |listing| {
        if (std.mem.eql(u8, wanted, listing.name)) return call(listing.file, init);
    }
    @panic("LISTING names no listing of this program");
}

fn call(comptime listing: type, init: std.process.Init) !u8 {
    const parameters = @typeInfo(@TypeOf(listing.main)).@"fn".param_types;
    if (parameters.len == 0) return status(listing.main());
    if (parameters[0].? == std.process.Init.Minimal) return status(listing.main(init.minimal));
    if (!brings_allocators) return status(listing.main(init));
    var checked = init;
    checked.gpa = safe.allocator();
    defer _ = safe.deinit();
    checked.arena = &arena;
    return status(listing.main(checked));
}

fn status(result: anytype) !u8 {
    return switch (@typeInfo(@TypeOf(result))) {
        .error_union => number(try result),
        else => number(result),
    };
}

fn number(result: anytype) u8 {
    return switch (@TypeOf(result)) {
        u8 => result,
        void => 0,
        else => unreachable, // `noreturn` never arrives here
    };
}
