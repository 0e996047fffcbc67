//@ run
//@ variant: What if the call stands in an `if` with a capture?
const Token = struct { id: u8, count: u8 };

fn find(tokens: []Token, id: u8) ?*Token {
    for (tokens) |*token| if (token.id == id) return token;
    return null;
}

pub fn main() void {
    var tokens = [_]Token{.{ .id = 7, .count = 0 }};
    if (find(&tokens, 5)) |token| token.count += 1;
}
