//@ compile-error: E0382
fn grow(mut scores: Vec<i32>) -> Vec<i32> {
    scores.push(7);
    scores
}

fn main() {
    let scores = vec![5; 2];
    let longer = grow(scores);
    println!("{} {}", longer.len(), scores.len());
}
