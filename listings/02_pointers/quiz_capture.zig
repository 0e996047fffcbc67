//@ compile-error: cast discards const qualifier
//@ title: Returning the address of a capture
const std = @import("std");

const Token = struct { id: u8, count: u8 };

fn find(tokens: []Token, id: u8) ?*Token {
    for (tokens) |token| {
        if (token.id == id) return &token;
    }
    return null;
}

pub fn main() void {
    var tokens = [_]Token{.{ .id = 7, .count = 0 }};
    if (find(&tokens, 7)) |token| token.count += 1;
    std.debug.print("{d}\n", .{tokens[0].count});
}
