//@ compile-error: E0609
struct Token {
    id: u8,
    count: u8,
}

fn find(tokens: &mut [Token], id: u8) -> Option<&mut Token> {
    tokens.iter_mut().find(|token| token.id == id)
}

fn main() {
    let mut tokens = [Token { id: 7, count: 0 }];
    find(&mut tokens, 5).count += 1;
}
