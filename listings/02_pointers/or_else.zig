//@ run
//@ title: Leaving early when there is none
//@ same-output
const std = @import("std");

const Token = struct { id: u8, count: u8 };

fn find(tokens: []const Token, id: u8) ?*const Token {
    for (tokens) |*token| {
        if (token.id == id) return token;
    }
    return null;
}

fn countOf(tokens: []const Token, id: u8) u8 {
    const token = find(tokens, id) orelse return 0;
    return token.count;
}

pub fn main() void {
    const tokens = [_]Token{ .{ .id = 7, .count = 4 }, .{ .id = 9, .count = 2 } };
    std.debug.print("{d} {d}\n", .{ countOf(&tokens, 7), countOf(&tokens, 5) });
}
