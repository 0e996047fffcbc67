//@ run
//@ variant: What if `find` returns a `?Token`, and `main` counts in a copy?
const std = @import("std");

const Token = struct { id: u8, count: u8 };

fn find(tokens: []Token, id: u8) ?Token {
    for (tokens) |token| {
        if (token.id == id) return token;
    }
    return null;
}

pub fn main() void {
    var tokens = [_]Token{ .{ .id = 7, .count = 0 }, .{ .id = 9, .count = 0 } };
    if (find(&tokens, 9)) |token| {
        var mine = token;
        mine.count += 1;
    }
    if (find(&tokens, 5)) |token| {
        var mine = token;
        mine.count += 1;
    }
    std.debug.print("counts {d} {d}\n", .{ tokens[0].count, tokens[1].count });
}
