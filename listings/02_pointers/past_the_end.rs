//@ panic: index out of bounds
fn third(scores: &[u8]) -> u8 {
    scores[2]
}

fn main() {
    let scores = [10u8, 20, 30];
    println!("of three: {}", third(&scores));
    println!("of two: {}", third(&scores[..2]));
}
