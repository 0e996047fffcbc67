//@ compile-error: E0594
fn report(score: &i32) {
    println!("score {}", *score);
    *score = 0;
}

fn main() {
    let mut score = 50;
    score += 1;
    report(&score);
}
