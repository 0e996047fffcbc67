//@ run
struct Token {
    id: u8,
    count: u8,
}

fn find(tokens: &mut [Token], id: u8) -> Option<&mut Token> {
    tokens.iter_mut().find(|token| token.id == id)
}

fn main() {
    let mut tokens = [Token { id: 7, count: 0 }, Token { id: 9, count: 0 }];
    if let Some(token) = find(&mut tokens, 9) {
        token.count += 1;
    }
    if let Some(token) = find(&mut tokens, 5) {
        token.count += 1;
    }
    println!("counts {} {}", tokens[0].count, tokens[1].count);
}
