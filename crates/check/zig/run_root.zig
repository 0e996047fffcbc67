//! Runs one listing out of a program that holds many. The environment variable LISTING names it. The tool
//! writes a `const listings` table under this text.

const std = @import("std");

pub fn main(init: std.process.Init) !u8 {
    const wanted = init.environ_map.get("LISTING") orelse "";
    inline for (listings) |listing| {
        if (std.mem.eql(u8, wanted, listing.name)) return call(listing.file, init);
    }
    @panic("LISTING names no listing of this program");
}

fn call(comptime listing: type, init: std.process.Init) !u8 {
    const parameters = @typeInfo(@TypeOf(listing.main)).@"fn".param_types;
    const result = if (parameters.len == 0)
        listing.main()
    else if (parameters[0].? == std.process.Init.Minimal)
        listing.main(init.minimal)
    else
        listing.main(init);
    return switch (@typeInfo(@TypeOf(result))) {
        .error_union => status(try result),
        else => status(result),
    };
}

fn status(result: anytype) u8 {
    return switch (@TypeOf(result)) {
        u8 => result,
        void => 0,
        else => unreachable, // `noreturn` never arrives here
    };
}
