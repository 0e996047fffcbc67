//@ run
struct Token {
    id: u8,
    count: u8,
}

fn find(tokens: &[Token], id: u8) -> Option<&Token> {
    tokens.iter().find(|token| token.id == id)
}

fn count_of(tokens: &[Token], id: u8) -> u8 {
    let Some(token) = find(tokens, id) else {
        return 0;
    };
    token.count
}

fn main() {
    let tokens = [Token { id: 7, count: 4 }, Token { id: 9, count: 2 }];
    println!("{} {}", count_of(&tokens, 7), count_of(&tokens, 5));
}
