//! Prints the tokens of Zig sources, as the compiler's own tokenizer sees them: a line `tag start end` for each
//! token, an empty line after each source. Takes the path of a file that holds the sources, a zero byte after
//! each.

const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const arena = init.arena.allocator();
    var arguments = init.minimal.args.iterate();
    _ = arguments.next();
    const path = arguments.next() orelse return error.NoPath;
    const sources = try std.Io.Dir.cwd().readFileAlloc(init.io, path, arena, .limited(64 << 20));

    var buffer: [64 << 10]u8 = undefined;
    var stdout = std.Io.File.stdout().writerStreaming(init.io, &buffer);
    var start: usize = 0;
    while (std.mem.findScalarPos(u8, sources, start, 0)) |end| {
        try tokens(&stdout.interface, sources[start..end :0]);
        start = end + 1;
    }
    try stdout.interface.flush();
}

fn tokens(out: *std.Io.Writer, source: [:0]const u8) !void {
    var tokenizer: std.zig.Tokenizer = .init(source);
    while (true) {
        const token = tokenizer.next();
        if (token.tag == .eof) break;
        try out.print("{t} {d} {d}\n", .{ token.tag, token.loc.start, token.loc.end });
    }
    try out.writeByte('\n');
}
